-- Brings one status to one circle: history, board (newest wins), feed, live channel, news for the next alert.
--
-- KEYS[1] info   KEYS[2] members   KEYS[3] board   KEYS[4] the author's history   KEYS[5] feed   KEYS[6] retracted
-- KEYS[7] alerts   KEYS[8] news
-- ARGV[1] channel   ARGV[2] circle   ARGV[3] run id   ARGV[4] new epoch   ARGV[5] most events in the feed
-- ARGV[6] status id   ARGV[7] author   ARGV[8] order key   ARGV[9] writtenAt (ms)
-- ARGV[10] the status as JSON members without id, author and braces
-- ARGV[11] most statuses in a history   ARGV[12] seconds a history lives
-- ARGV[13] "1": help, alerted on its own; "0": part of the next digest   ARGV[14] now (ms)   ARGV[15] ms between digests
-- ARGV[16] ms that even a quiet circle's digest waits for more
-- Answer: { outcome, window, due, opened }: outcome 'published' | 'seen' | 'retracted' | 'not-member'; window of the digest that
-- this status waits for and when that is due (ms), or 0, 0; opened 1 where this status opened that window.
-- Safe to repeat because "seen before" is one ZADD NX on the history: 0 means that nothing is emitted.
local member = redis.call('HGET', KEYS[2], ARGV[7])
if not member then return { 'not-member', 0, 0, 0 } end
if redis.call('ZSCORE', KEYS[6], ARGV[6]) then return { 'retracted', 0, 0, 0 } end
local function digest_window()
  local state = redis.call('HMGET', KEYS[7], 'window', 'dueAt')
  if state[2] and state[2] ~= '' then return { tonumber(state[1]), tonumber(state[2]) } end
  return { 0, 0 }
end
local is_new = redis.call('ZADD', KEYS[4], 'NX', ARGV[9], ARGV[8]) == 1
redis.call('ZREMRANGEBYRANK', KEYS[4], 0, -1 - tonumber(ARGV[11]))
-- One that is older than all of a full history goes at once: it is news to nobody, and must not be told at each repetition.
if not is_new or not redis.call('ZSCORE', KEYS[4], ARGV[8]) then
  local open = digest_window()
  return { 'seen', open[1], open[2], 0 }
end
redis.call('EXPIRE', KEYS[4], ARGV[12])
local newest = redis.call('HGET', KEYS[3], ARGV[7])
if not newest or string.sub(newest, 1, #ARGV[8]) < ARGV[8] then
  redis.call('HSET', KEYS[3], ARGV[7], ARGV[8] .. ' {"id":"' .. ARGV[6] .. '",' .. ARGV[10] .. '}')
end
emit(KEYS[1], KEYS[5], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], 'status ' .. ARGV[6], 'status',
  '"status":{"id":"' .. ARGV[6] .. '","author":' .. member .. ',' .. ARGV[10] .. '}')
if ARGV[13] == '1' then return { 'published', 0, 0, 0 } end
redis.call('ZADD', KEYS[8], 'NX', ARGV[14], ARGV[6] .. ' ' .. ARGV[7])
redis.call('EXPIRE', KEYS[8], 86400)
local open = digest_window()
local opened = open[1] == 0
if opened then
  local last = tonumber(redis.call('HGET', KEYS[7], 'lastAt') or '0')
  local due = math.max(tonumber(ARGV[14]) + tonumber(ARGV[16]), last + tonumber(ARGV[15]))
  open = { redis.call('HINCRBY', KEYS[7], 'window', 1), due }
  redis.call('HSET', KEYS[7], 'dueAt', string.format('%.0f', due))
end
return { 'published', open[1], open[2], opened and 1 or 0 }
