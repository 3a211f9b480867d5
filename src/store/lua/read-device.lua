-- Reads what an alert for one device needs to know of its person, in one call.
--
-- KEYS[1] profile   KEYS[2] sessions   KEYS[3] push   KEYS[4] visible   ARGV[1] session
-- Answer: { locale, country, erasedAt, subscription, signed in, visible }: '' where there is none, the last two '1' or '0'.
-- Safe to repeat because it only reads.
local profile = redis.call('HMGET', KEYS[1], 'locale', 'country', 'erasedAt')
return {
  profile[1] or '', profile[2] or '', profile[3] or '', redis.call('HGET', KEYS[3], ARGV[1]) or '',
  tostring(redis.call('HEXISTS', KEYS[2], ARGV[1])), tostring(redis.call('EXISTS', KEYS[4])),
}
