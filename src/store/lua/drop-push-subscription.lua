-- Removes the push subscription that a push service called gone, unless the device has a new one by now.
--
-- KEYS[1] push   ARGV[1] session   ARGV[2] the endpoint that is gone
-- Answer: 1 removed, 0 not there or another one.
-- Safe to repeat because only the same endpoint is removed.
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored or cjson.decode(string.match(stored, '^%S+ (.*)$')).endpoint ~= ARGV[2] then return 0 end
return redis.call('HDEL', KEYS[1], ARGV[1])
