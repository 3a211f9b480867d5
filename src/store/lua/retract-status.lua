-- Retracts a status for good: leaves a tombstone, takes note and place out of the record, and queues the news of it.
--
-- KEYS[1] record   KEYS[2] tombstone   KEYS[3] outbox of help   KEYS[4] batches   KEYS[5] reached
-- ARGV[1] now (ms)   ARGV[2] seconds a tombstone lives   ARGV[3] author   ARGV[4] status id   ARGV[5] batch id
-- Answer: 'queued' (with the outbox entry), 'unknown' (no such status yet), 'foreign' (another person's), 'again'.
-- Safe to repeat because a record says that it is retracted, for as long as it lives, and only the first call queues.
local record = redis.call('GET', KEYS[1])
if not record then
  redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[2])
  return 'unknown'
end
local status = cjson.decode(record)
if status.author ~= ARGV[3] then return 'foreign' end
if status.retracted then return 'again' end
redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[2])
status.note = nil
status.place = nil
status.placeCircles = nil
status.retracted = true
redis.call('SET', KEYS[1], cjson.encode(status), 'KEEPTTL')
redis.call('UNLINK', KEYS[5])
redis.call('ZADD', KEYS[3], ARGV[1], ARGV[5])
redis.call('HSET', KEYS[4], ARGV[5], 'help ' .. ARGV[4])
return 'queued'
