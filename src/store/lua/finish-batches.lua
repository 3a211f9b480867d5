-- Ends the fan-out of batches of one shard: schedules the alerts that follow, then forgets the batches; all of it or nothing.
--
-- KEYS[1] outbox   KEYS[2] outbox of help   KEYS[3] batches   KEYS[4] due alerts
-- ARGV[1] how many alerts   then per alert: when it is due (ms), the alert   then batch ids
-- Answer: 1.
-- Safe to repeat because an alert stands there once, and a batch that is gone stays so. The alerts go first, for a full Redis
-- refuses them and not what forgets a batch.
local alerts = tonumber(ARGV[1])
for index = 2, alerts * 2, 2 do redis.call('ZADD', KEYS[4], ARGV[index], ARGV[index + 1]) end
for index = alerts * 2 + 2, #ARGV do
  redis.call('ZREM', KEYS[1], ARGV[index])
  redis.call('ZREM', KEYS[2], ARGV[index])
  redis.call('HDEL', KEYS[3], ARGV[index])
end
return 1
