-- Takes the alerts that are due, and puts them off: whoever takes them has so long to see to them before somebody else does.
--
-- KEYS[1] due alerts   ARGV[1] due until (ms)   ARGV[2] most at once   ARGV[3] when they are due again (ms)
-- Answer: the alerts, the one that is due longest first.
-- Safe to repeat because nothing is removed: what was taken and not seen to comes again.
local taken = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, alert in ipairs(taken) do redis.call('ZADD', KEYS[1], ARGV[3], alert) end
return taken
