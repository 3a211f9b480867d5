-- Replaces an outbox entry that kept failing by one entry for each of its statuses, so that one bad status holds up no other.
--
-- KEYS[1] outbox   KEYS[2] outbox of help   KEYS[3] batches   ARGV[1] batch id
-- Answer: the new entries as {batch id, status id, …}; empty when the entry is gone or has one status only.
-- Safe to repeat because the old entry goes in the same step.
local entry = redis.call('HGET', KEYS[3], ARGV[1])
if not entry then return {} end
local lane, joined = string.match(entry, '^(%S+) (.+)$')
local made, count = {}, 0
for id in string.gmatch(joined, '[^,]+') do
  made[#made + 1] = ARGV[1] .. '-' .. count
  made[#made + 1] = id
  count = count + 1
end
if count < 2 then return {} end
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local outbox = lane == 'help' and KEYS[2] or KEYS[1]
for index = 1, #made, 2 do
  redis.call('ZADD', outbox, now, made[index])
  redis.call('HSET', KEYS[3], made[index], lane .. ' ' .. made[index + 1])
end
return made
