-- Forgets alerts that were taken and seen to.
--
-- KEYS[1] taken alerts   ARGV[1] until when they were the taker's (ms)   then the alerts
-- Answer: how many were forgotten.
-- Safe to repeat because what is gone, or was taken by somebody else since, stays as it is; so does what was scheduled anew.
local count = 0
for index = 2, #ARGV do
  if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[index])) == tonumber(ARGV[1]) then
    count = count + redis.call('ZREM', KEYS[1], ARGV[index])
  end
end
return count
