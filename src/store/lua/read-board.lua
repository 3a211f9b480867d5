-- Reads a circle's board in one moment, so that its position belongs to exactly this content. A script and no MULTI: a Redis that
-- is full refuses whatever stands in one, reads too.
--
-- KEYS[1] info   KEYS[2] members   KEYS[3] membership   KEYS[4] board   ARGV[1] who asks
-- Answer: { info, members, their membership or nil, board }, hashes as field, value, field, value, …
-- Safe to repeat because it only reads.
return {
  redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2]), redis.call('HGET', KEYS[3], ARGV[1]), redis.call('HGETALL', KEYS[4]),
}
