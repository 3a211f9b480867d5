-- Takes an outbox entry out of the sweeper's way for good: an operator has to look at it.
--
-- KEYS[1] outbox   KEYS[2] outbox of help   KEYS[3] batches   KEYS[4] parked   ARGV[1] batch id
-- Answer: 1 when it was parked now.
-- Safe to repeat because an entry that is gone is not parked again.
local entry = redis.call('HGET', KEYS[3], ARGV[1])
if not entry then return 0 end
redis.call('HSET', KEYS[4], ARGV[1], entry)
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
return 1
