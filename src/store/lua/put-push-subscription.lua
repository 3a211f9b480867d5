-- Stores the push subscription of one device. The same browser under another session of this person loses the old entry, so
-- that one phone is not alerted twice.
--
-- KEYS[1] push   KEYS[2] sessions
-- ARGV[1] session   ARGV[2] subscription, as stored   ARGV[3] its endpoint
-- Answer: 1 stored, 0 the session has ended.
-- Safe to repeat because it sets the same values.
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then return 0 end
local stored = redis.call('HGETALL', KEYS[1])
for index = 1, #stored, 2 do
  local json = string.match(stored[index + 1], '^%S+ (.*)$')
  if stored[index] ~= ARGV[1] and cjson.decode(json).endpoint == ARGV[3] then redis.call('HDEL', KEYS[1], stored[index]) end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
