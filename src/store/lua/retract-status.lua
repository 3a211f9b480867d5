-- Retracts a status for good: leaves a tombstone, takes note and place out of the record, and queues the news of it.
--
-- KEYS[1] record   KEYS[2] tombstone   KEYS[3] outbox of help   KEYS[4] batches   KEYS[5] reached
-- ARGV[1] seconds a tombstone lives   ARGV[2] author   ARGV[3] status id   ARGV[4] batch id
-- Answer: 'queued' (with the outbox entry), 'unknown' (no such status yet), 'foreign' (another person's), 'again'.
-- Safe to repeat because a record says that it is retracted, for as long as it lives, and only the first call queues.
local record = redis.call('GET', KEYS[1])
if not record then
  redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[1])
  return 'unknown'
end
local status = cjson.decode(record)
if status.author ~= ARGV[2] then return 'foreign' end
if status.retracted then return 'again' end
redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[1])
status.note = nil
status.place = nil
status.placeCircles = nil
status.retracted = true
redis.call('SET', KEYS[1], cjson.encode(status), 'KEEPTTL')
redis.call('UNLINK', KEYS[5])
local time = redis.call('TIME')
redis.call('ZADD', KEYS[3], string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)), ARGV[4])
redis.call('HSET', KEYS[4], ARGV[4], 'help ' .. ARGV[3])
return 'queued'
