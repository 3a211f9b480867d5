-- Claims statuses for one person who has a device to be alerted on: a status that came by way of two circles is one alert.
--
-- KEYS[1] alerted   KEYS[2] push
-- ARGV[1] job   ARGV[2] now (ms)   ARGV[3] ms a claim is kept   then status ids
-- Answer: { devices, statuses }: devices {session, provider, …}; the statuses that this job has to alert of.
-- Safe to repeat because only the job that claimed a status may claim it again, and only until it has queued the alerts.
local devices = devices_of(KEYS[2])
if #devices == 0 then return { {}, {} } end
local claimed = {}
for index = 4, #ARGV do
  if claim(KEYS[1], ARGV[index], ARGV[1], ARGV[2]) then claimed[#claimed + 1] = ARGV[index] end
end
if #claimed > 0 then keep(KEYS[1], ARGV[2], ARGV[3]) end
return { devices, claimed }
