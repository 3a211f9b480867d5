-- Uses up a code that works once. The answer may get lost and the command be sent again, so the same claimant may claim again.
--
-- KEYS[1] the code   ARGV[1] nonce of the claimant   ARGV[2] seconds that the claim is remembered
-- Answer: the person, or nil when the code is unknown or somebody else's claim was first.
-- Safe to repeat because the nonce is remembered with the person.
local value = redis.call('GET', KEYS[1])
if not value then return nil end
local nonce, person = string.match(value, '^used (%S+) (%S+)$')
if nonce then return nonce == ARGV[1] and person or nil end
redis.call('SET', KEYS[1], 'used ' .. ARGV[1] .. ' ' .. value, 'EX', ARGV[2])
return value
