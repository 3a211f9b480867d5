-- Claims a code that works once, for long enough to bring the owner back; the caller deletes it when that is done. A claim that
-- nobody finished (Redis failed in between) lapses, for the code may be the only way back that its owner has.
--
-- KEYS[1] the code
-- ARGV[1] nonce of the claimant, without spaces   ARGV[2] now (ms)   ARGV[3] ms that a claim lasts
-- Answer: the person, or nil when the code is unknown or claimed by somebody else.
-- Safe to repeat because the same nonce may claim again.
local value = redis.call('GET', KEYS[1])
if not value then return nil end
local at, nonce, person = string.match(value, '^claimed (%d+) (%S+) (%S+)$')
if at and nonce ~= ARGV[1] and tonumber(ARGV[2]) - tonumber(at) < tonumber(ARGV[3]) then return nil end
person = person or value
redis.call('SET', KEYS[1], 'claimed ' .. ARGV[2] .. ' ' .. ARGV[1] .. ' ' .. person)
return person
