-- Reads a circle and its feed in one moment. A script and no MULTI: a Redis that is full refuses whatever stands in one, reads too.
--
-- KEYS[1] info   KEYS[2] membership   KEYS[3] feed   ARGV[1] who asks   ARGV[2] sequence to begin with, '' for no events
-- ARGV[3] events at most
-- Answer: { { epoch, head, the epoch's first sequence }, their membership or nil, events }.
-- Safe to repeat because it only reads.
local events = {}
if ARGV[2] ~= '' then events = redis.call('XRANGE', KEYS[3], ARGV[2] .. '-0', '+', 'COUNT', ARGV[3]) end
return { redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'epochSeq'), redis.call('HGET', KEYS[2], ARGV[1]), events }
