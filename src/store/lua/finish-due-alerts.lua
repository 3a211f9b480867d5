-- Forgets alerts that were seen to, but for those that are due once more since.
--
-- KEYS[1] due alerts   ARGV[1] when they would be due again, as they were taken (ms)   then the alerts
-- Answer: how many were forgotten.
-- Safe to repeat because what is gone, or was scheduled anew or taken by somebody else, stays as it is.
local count = 0
for index = 2, #ARGV do
  if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[index])) == tonumber(ARGV[1]) then
    count = count + redis.call('ZREM', KEYS[1], ARGV[index])
  end
end
return count
