-- Takes alerts that are due: whoever takes them has so long to see to them before somebody else does. Those whose time ended go
-- first, however much is due: they waited already. By Redis' clock, for the workers' may differ by more than that time.
--
-- KEYS[1] due alerts   KEYS[2] taken alerts   ARGV[1] due until (ms)   ARGV[2] most at once   ARGV[3] ms that they are the taker's
-- Answer: until when they are the taker's (ms, Redis' clock), then the alerts, the one that waits longest first.
-- Safe to repeat because what was taken and not seen to comes again.
local time, most = redis.call('TIME'), tonumber(ARGV[2])
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local answer = { string.format('%.0f', now + tonumber(ARGV[3])) }
for _, alert in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, most)) do
  redis.call('ZADD', KEYS[2], answer[1], alert)
  answer[#answer + 1] = alert
end
for _, alert in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, most - #answer + 1)) do
  -- A full Redis refuses this one, and then nothing has happened.
  redis.call('ZADD', KEYS[2], answer[1], alert)
  redis.call('ZREM', KEYS[1], alert)
  answer[#answer + 1] = alert
end
return answer
