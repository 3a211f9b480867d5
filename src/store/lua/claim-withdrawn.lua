-- Claims the news that a *help* was withdrawn, for one person who was alerted of it.
--
-- KEYS[1] alerted   KEYS[2] push
-- ARGV[1] job   ARGV[2] now (ms)   ARGV[3] ms a claim is kept   ARGV[4] status id
-- Answer: { devices, statuses }, as in claim-alerts.lua.
-- Safe to repeat because only the job that claimed it may claim it again, and only until it has queued the alerts.
local alerted = redis.call('HGET', KEYS[1], ARGV[4])
-- The job that claimed it was a *help*'s: platform/alert-job.ts.
if not alerted or string.sub(alerted, 1, 5) ~= 'help-' then return { {}, {} } end
local devices = devices_of(KEYS[2])
if #devices == 0 or not claim(KEYS[1], 'withdrawn ' .. ARGV[4], ARGV[1], ARGV[2]) then return { {}, {} } end
keep(KEYS[1], ARGV[2], ARGV[3])
return { devices, { ARGV[4] } }
