-- Shared by every script that changes a circle: gives its events the next positions, appends them to the feed and publishes
-- them, so that the order of the feed and the order of the channel agree.
--
-- emit_all(info, feed, channel, circle_id, run_id, new_epoch, feed_max, events)
--   events  one or more of { header, kind, body }:
--     header  what a gateway needs without reading the frame: "<kind> <id>"
--     kind    the frame's "t"
--     body    the rest of the frame: JSON members without the braces
-- emit(… the same …, header, kind, body): one event.
-- Answer of both: the last position.
--
-- What is published (read by `live/circle-event.ts`): one event is "<position> <header>\n<frame>". Several go in one message,
-- oldest first, each with a line feed before it; JSON has none in it. (A gateway of the version before, which knows single
-- events only, refuses such a message, finds the gap at the next event and reads the feed.) The feed holds the same headers
-- and frames.
-- A new run_id (Redis was restarted or failed over) gives the circle a new epoch, which begins at `epochSeq`: an older position
-- is then lost.
local function emit_all(info, feed, channel, circle_id, run_id, new_epoch, feed_max, events)
  local known = redis.call('HMGET', info, 'runId', 'epoch')
  local epoch = known[2]
  local before = redis.call('HINCRBY', info, 'seq', #events) - #events
  if known[1] ~= run_id or not epoch then
    epoch = new_epoch
    redis.call('HSET', info, 'runId', run_id, 'epoch', epoch, 'epochSeq', before + 1)
  end
  local position
  local published = {}
  for index, event in ipairs(events) do
    local seq = before + index
    position = epoch .. '-' .. seq
    local frame = '{"t":"' .. event.kind .. '","circle":"' .. circle_id .. '","position":"' .. position .. '",' .. event.body .. '}'
    redis.call('XADD', feed, 'MAXLEN', '~', feed_max, seq .. '-0', 'h', event.header, 'f', frame)
    published[index] = position .. ' ' .. event.header .. '\n' .. frame
  end
  redis.call('PUBLISH', channel, #published == 1 and published[1] or '\n' .. table.concat(published, '\n'))
  return position
end

local function emit(info, feed, channel, circle_id, run_id, new_epoch, feed_max, header, kind, body)
  return emit_all(info, feed, channel, circle_id, run_id, new_epoch, feed_max, { { header = header, kind = kind, body = body } })
end
