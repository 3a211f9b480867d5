-- Takes one retracted status off one circle: history, board (falls back to the author's previous status), feed, live channel.
--
-- KEYS[1] info   KEYS[2] members   KEYS[3] board   KEYS[4] the author's history   KEYS[5] feed   KEYS[6] retracted
-- KEYS[7] news   KEYS[8] seen
-- ARGV[1] channel   ARGV[2] circle   ARGV[3] run id   ARGV[4] new epoch   ARGV[5] most events in the feed
-- ARGV[6] status id   ARGV[7] author   ARGV[8] order key   ARGV[9] now (ms)   ARGV[10] most retractions remembered
-- ARGV[11] order key of the status to fall back to, or ''   ARGV[12] that status as JSON without its author, or ''
-- Answer: { outcome, order key }: 'retracted', 'seen', or 'fallback' with the order key of the status that the caller has to
-- load ('' where there is none) before it calls again: the history moved in between.
-- Safe to repeat because the retraction is remembered by ZADD NX before anything is emitted.
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('ZSCORE', KEYS[6], ARGV[6]) then return { 'seen', '' } end
local board = redis.call('HGET', KEYS[3], ARGV[7])
local on_board = board and string.sub(board, 1, #ARGV[8]) == ARGV[8]
if on_board then
  local newest = redis.call('ZREVRANGE', KEYS[4], 0, 1)
  local previous = newest[1] == ARGV[8] and newest[2] or newest[1] ~= ARGV[8] and newest[1] or ''
  if previous ~= ARGV[11] then return { 'fallback', previous } end
end
local was_shown = redis.call('ZREM', KEYS[4], ARGV[8]) == 1
redis.call('ZADD', KEYS[6], ARGV[9], ARGV[6])
redis.call('ZREMRANGEBYRANK', KEYS[6], 0, -1 - tonumber(ARGV[10]))
redis.call('UNLINK', KEYS[8])
redis.call('ZREM', KEYS[7], ARGV[6] .. ' ' .. ARGV[7])
local fallback = 'null'
local member = redis.call('HGET', KEYS[2], ARGV[7])
if on_board and ARGV[11] ~= '' then
  redis.call('HSET', KEYS[3], ARGV[7], ARGV[11] .. ' ' .. ARGV[12])
  if member then fallback = '{"author":' .. member .. ',' .. string.sub(ARGV[12], 2) end
elseif on_board then
  redis.call('HDEL', KEYS[3], ARGV[7])
end
if not (was_shown and member) then return { 'retracted', '' } end
emit(KEYS[1], KEYS[5], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], 'retracted ' .. ARGV[6], 'retracted',
  '"id":"' .. ARGV[6] .. '","author":"' .. ARGV[7] .. '","status":' .. fallback)
return { 'retracted', '' }
