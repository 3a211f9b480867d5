-- Notes that the alerts of claims are in the push queues.
--
-- KEYS[1] alerted   ARGV[1] job   then the claims' fields
-- Answer: 1.
-- Safe to repeat because a claim that is gone, settled or another job's stays as it is.
for index = 2, #ARGV do
  local claim = redis.call('HGET', KEYS[1], ARGV[index])
  if claim and string.match(claim, '^%S+') == ARGV[1] and string.sub(claim, -7) ~= ' queued' then
    redis.call('HSET', KEYS[1], ARGV[index], claim .. ' queued')
  end
end
return 1
