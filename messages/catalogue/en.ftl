# English texts. Every text is plain: “<” and “&” need no escaping; { $name } is filled in.
# An office may put a file of the same name into a folder of its own, with only what it changes.

## Times, places, names

comma = {", "}
today = today
tomorrow = tomorrow
day = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
day-of-year = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
} { $year }
moment = { $day } { $clock }
# Seen only in old apps that do not know live times
live-fallback = limit
place-missing = place needed
grid = grid { $grid }
nobody-yet = not known yet
in-company = {" "}({ $company })
with-grid-officer = { $officer } (grid officer { $grid_officer })
why = {" "}({ $reason })
aside = {" "}({ $reason })
order-number = Order { $serial }/{ $year }
late = [Sent late]
and-more = … and { $n } more
names-more = { $names } ({ $n } more not listed)
names-only = { $names }: { $n ->
    [one] { $n } case
   *[other] { $n } cases
}
bot-name = Bot
who-standby = stand-in ({ $zone })
who-manager = manager ({ $zone })
who-supervisor = a supervisor

## Statuses, tiers, photos

status-waiting = Waiting
status-taken = Taken
status-repairing = Under repair
status-checking = Joint check
status-rework = { $round ->
    [0] Rework
   *[other] Rework { $round }
}
status-closed = Closed
status-refused = Refused
status-withdrawn = Withdrawn
tier-a = A today
tier-b = B three days
tier-c = C promised
stage-guard = Guarding
stage-repair = Repair
stage-restore = Restoring
clock-claim = Taking
clock-repair = Repair
clock-sign = Warning sign
clock-check = Check
lasting = { $hours ->
    [0] { $minutes } min
   *[other] { $minutes ->
        [0] { $hours } h
       *[other] { $hours } h { $minutes } min
    }
}
lasting-days = { $days } days{ $hours ->
    [0] {""}
   *[other] {" "}{ $hours } h
}{ $minutes ->
    [0] {""}
   *[other] {" "}{ $minutes } min
}
lasting-working = { $minutes ->
    [0] { $hours } working h
   *[other] { $hours } working h { $minutes } min
}
phase-before = before
phase-sign = warning sign
phase-during = during
phase-after = after
phase-check = check

## The card

card-first = { $mark } { $state } { $number } { $defect } · { $tier }
card-place = 📍 { $place }
card-words = 💬 { $words }
card-people = 👮 { $officer } → 🔧 { $repairer }{ $company }
card-company-patrol = 🔧 { $repairer }{ $company } · company patrol → 👮 { $officer }
card-company-patrol-alone = 🔧 { $repairer }{ $company } · company patrol
card-limit = ⏳ { $what } { $limit } ({ $live })
card-stage = { $stage } ({ $number }/{ $count })
card-suspended = ⏸ Suspended until { $day }{ $has_left ->
    [yes] , the clock stands, { $left } left
   *[no] , the clock stands
}
card-check = ⏳ Check { $limit } ({ $live })
card-stands = {" "}· repair clock stands, { $left } left
card-sign = {" "}· warning sign { $limit }
card-standard = 📏 { $standard }
card-counts = 📷 before { $before } during { $during } after { $after }
mark-unreadable = Photo cannot be opened, please send it again
mark-overdue = overdue
mark-order = order { $serial }
mark-stage-late = an earlier limit was missed
mark-extended = { $count ->
    [one] extended once
   *[other] extended { $count } times
}
mark-sign-missing = no warning sign
mark-sign-placed = warning sign placed
mark-not-today = cannot finish today
mark-rework = rework { $round }
mark-remote = checked remotely
mark-forwarded = forwarded
mark-late-entry = entered late
mark-promise-withdrawn = promise withdrawn
mark-released = may leave the scene
mark-released-night = may leave the scene (night entry)
mark-main = main case, { $count } joined
mark-joined = joined to { $number }
mark-stopgap = mended for now
mark-cure = lasting repair { $number }
mark-cures = lasting repair of { $number }: mend it, or ask for a promise
pending-rework = Sent back{ $why }
pending-promise = Promise for { $day } awaits a supervisor{ $why }
pending-extension = Extension asked for, awaits a supervisor{ $why }
pending-suspension = Suspension until { $day } awaits a supervisor{ $why }
pending-hours = A supervisor sets the limit
pending-refusal = Refusal asked for, awaits a supervisor{ $why }
pending-repair-key = { $by } passed it, repair side next
pending-patrol-key = { $by } passed it, patrol side next
closed-company-patrol = { $repairer } (company patrol), checked by { $by }
closed-people = { $officer } → { $repairer }
closed-on-time = in time
closed-late = late
ended-duplicate = duplicate of { $number }
ended-reason = Reason: { $reason }

## The before/after sheet

sheet-mended = 🔧 { $by }: mended { $at }
sheet-ask = { $patrol }: both sides please check on the spot, then press “Pass” or “Rework”.
sheet-ask-anyone = Both sides please check on the spot, then press “Pass” or “Rework”.
sheet-over = Now: { $state }
sheet-before = Before
sheet-after = After
sheet-missing = No before-photo

## The board

board-title = 📌 Board of { $day }
board-today = Today: { $reported } reported · { $closed } closed
board-none = No open cases
board-suspended = ⏸ suspended { $count }
board-tonight = 🌙 To be closed tonight: { $count }
board-overdue = 🔴 Overdue: { $count }
board-soon = ⏳ The other { $count }, next limit first
board-seen = As of { $at }

## Buttons

button-of-case = { $words } { $number }
button-claim = Take it
button-begin = Begin work
button-pass = Pass
button-remote = Pass remotely
button-rework = Rework
button-undo = Undo
button-more = More
button-not-today = Not today
button-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
button-days = In { $days ->
    [one] { $days } day
   *[other] { $days } days
}
button-agree = Agree
button-disagree = Disagree
button-promise = Promise
button-promise-back = Withdraw promise
button-extend = Extend
button-extend-agree = Agree
button-extend-decline = Do not agree
button-suspend = Suspend
button-suspend-agree = Agree
button-suspend-decline = Do not agree
button-resume = Resume
button-tier = { $arg ->
    [A] Make it today
   *[B] Make it three days
}
button-tier-up = Make it today
button-tier-down = Make it three days
button-deadline = Limit
button-category = Category
button-place = Place
button-grid = { $grid } { $street }
button-refuse = Refuse
button-refuse-asked = Refuse as asked
button-refuse-declined = Do not refuse
button-duplicate = Duplicate
button-hand-over = Hand over
button-claim-for = Assign
button-withdraw = Withdraw
button-release = Let officer leave
button-move-photo = Move photo
button-photo-before = Before { $time }
button-photo-sign = Sign { $time }
button-photo-during = During { $time }
button-photo-after = After { $time }
button-photo-check = Check { $time }
button-chosen = ✓ { $reason }
button-hush = 🔕 Until morning
button-issue = Issue
button-not-issue = Do not issue
button-join = Join
button-not-join = Not the same
button-part = Separate
button-stopgap = For now only
button-stopgap-off = Not just for now
button-split = Split
button-file = File here
button-new = New problem
button-earlier = Earlier
button-definitions = What they mean
button-mute-digest = 🔕 No more of these
button-remark = Edit
button-choose-digest = ✅ { $arg ->
    [meet] Morning meeting
    [filing] Daily filing
    [week] Week
   *[month] Month
}
button-choose-digest-off = 🔕 { $arg ->
    [meet] Morning meeting
    [filing] Daily filing
    [week] Week
   *[month] Month
}

## Reasons to choose from

reason-not-ours = not our job
reason-not-found = nothing found there
reason-no-defect = nothing wrong there
reason-duplicate = duplicate
reason-long-works = long works
reason-materials = waiting for materials
reason-weather = waiting for the weather
reason-permits = waiting for a permit
reason-funds = waiting for funds
reason-owner = waiting for the owner
reason-season = waiting for the season
reason-mistake = sent by mistake
reason-fixed = already mended
reason-undone = the close was undone
reason-wrong-photo = wrong photo

## One line of a list

line-case = { $mark } { $number } { $defect }
line-limit = limit { $limit }
line-checking = check { $limit }
line-suspended = suspended until { $day }
line-due-at = was due { $at }
line-ladder = nobody has taken it
line-nudge = { $point ->
    [50] half of the time is gone
    [75] three quarters of the time is gone
    [100] limit reached
    [200] twice the limit
    [300] three times the limit
   *[other] { $point }% of the time is gone
}
line-order = { $point ->
    [2] supervision order
    [3] report to the head of the office
   *[other] report to the Party group
}
line-sign = warning sign and photo needed
line-check = waits for your check
line-check-late = check takes too long
line-overnight = open overnight
line-resumed = its suspension is over

## Notices

notice-ladder-standby = Nobody has taken this yet. Stand-in, please take it:
notice-ladder-manager = Nobody has taken this yet. Manager, please have it taken:
notice-ladder-supervisor = Still nobody has taken this. Supervisor, please assign it or let the officer leave:
notice-ladder-leader = Long past the time to take this, still nobody has. Leader, please look into it:
notice-missed = Reminders missed while the bot was down, please have a look:
notice-nudge = Please mend soon:
notice-nudge-watch = Please ask how the repair is going:
notice-nudge-watched = Please mend soon; supervisors and leaders, please look into it:
notice-order-ask = Past the limit and not mended. A paper is drafted, please decide whether to issue it:
notice-order-2 = { $order }, issued by { $by }: past the limit, please mend it at once:
notice-order-3 = { $order }, issued by { $by }: still not mended after the order. Reported to the head of the office, please look into it:
notice-order-told = { $order }, issued by { $by }: this was reported to the head of the office, please mend it at once:
notice-order-4 = { $order }, issued by { $by }: still not mended after several orders. For the Party group to look into:
notice-batch = Open work, please go on:
notice-overnight-group = Open overnight ({ $count }): { $numbers }
notice-overnight = Open overnight: { $count ->
    [one] { $count } case of today
   *[other] { $count } cases of today
}
notice-sign-ask = Please place a warning sign first, then answer the case in the group with a photo of it and the word “sign”:
notice-check-ask = Reported as mended, please check on the spot:
notice-check-late = This check takes too long. Supervisor, please ask, or check for the patrol side:
notice-rework = The check failed, rework { $round }{ $why }. Please mend it again:
notice-handed-over = { $by } gave this case to you, please see to it:
notice-moved = The place has changed and the case is now yours, please take it:
notice-released = You may leave the scene, { $by } has answered:
notice-hours-ask = { $by } cannot finish this today. It is dangerous: supervisor, please set the limit:
notice-promise-ask = { $by } asks to promise it for { $day }{ $why }. Supervisor, please answer:
notice-promise-answered = { $agree ->
    [yes] The supervisor agreed, please mend it by { $day }:
   *[no] The supervisor did not agree, the limit stays:
}
notice-promise-withdrawn = The supervisor withdrew the promise, three days from now:
notice-extension-ask = { $by } asks for an extension until { $until }{ $why }. Supervisor, please answer:
notice-extension-answered = { $agree ->
    [yes] The supervisor agreed to the extension, please mend it by { $until }:
   *[no] The supervisor did not agree to the extension, the limit stays:
}
notice-suspension-ask = { $by } asks to suspend it until { $day }{ $why }. Supervisor, please answer:
notice-suspension-answered = { $agree ->
    [yes] The supervisor agreed, the clock stands until { $day }:
   *[no] The supervisor did not agree to the suspension, the limit stays:
}
notice-resumed = The suspension is over and the clock runs again, please arrange the repair:
notice-resumed-by = { $by } let the clock run again, please arrange the repair:
notice-hours-granted = The supervisor set the limit, please mend it within { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}:
notice-refusal-ask = { $by } asks for refusal{ $why }. Supervisor, please decide:
notice-refused = The case was refused{ $why }{ $has_other ->
    [yes] {" "}– { $other }
   *[no] {""}
}
notice-burst-ask = { $count } reports of the same kind in one grid within a short time: is it one cause? “Join” makes the oldest the main case; the others keep number and limit, but get no more reminders. A supervisor decides:
notice-main-ended = Main case { $number } { $status ->
    [closed] is closed
    [refused] was refused
   *[withdrawn] was withdrawn
}. The cases joined to it go on by themselves. Please look at each, and reply with a photo to each that is mended:
notice-closed = { $on_time ->
    [yes] Mended and checked by both sides, closed in time:
   *[no] Mended and checked by both sides, closed late:
}
notice-pin-refused = I may not pin messages, so today's board is not pinned. Please give me the right “Pin messages”.
notice-question-case = Which case does this photo belong to?
notice-question-place = Please press the grid of the place, or answer this message with the street:
notice-question-anonymous = You write anonymously, so I cannot see who you are. Please press the button on the card.
notice-bound = { $name } (@{ $username }) used the bot for the first time, the account is stored. If it is not that person, please tell the clerk’s office.
notice-bound-other = Another account is using { $name }’s username (@{ $username }). It is not registered and does not count. If the person has a new account, please ask the clerk’s office to register it.
notice-calendar-missing = There is no working calendar for { $year } yet: its public holidays would count as working days. Please have the administrator run xunchaqun calendar update and restart the bot.
notice-gap = Nothing came from Telegram between { $gap_from } and { $gap_to }. Telegram keeps messages for 24 hours only, so photos and messages of that time may be lost. Please ask the group to post the photos of that time again.
notice-bot-muted = { $managers ->
    [yes] I can no longer write in the managers’ group, so digests do not reach it. Please give me back the right to; they follow later.
   *[no] I lost my rights in the patrol group and can neither see photos nor write. Please make me an admin again. Cases and limits go on, messages follow later.
}
notice-bot-gone = { $managers ->
    [yes] I was removed from the managers’ group, so digests do not reach it. Please add me again; they follow later.
   *[no] I was removed from the patrol group, please add me again. Cases and limits go on, messages follow later.
}
notice-bot-back = { $managers ->
    [yes] I am back in the managers’ group; digests go there again.
   *[no] I am back in the patrol group, the cards are being refreshed.
}
notice-rules-adopted = The category file is now version { $version }. New cases follow it, open cases keep the old one.
notice-rules-refused = The category file was not taken over: { $count ->
        [one] { $count } mistake
       *[other] { $count } mistakes
    }, the old one stays in force.
    { $first }{ $has_second ->
        [yes] {""}
            { $second }
       *[no] {""}
    }{ $has_third ->
        [yes] {""}
            { $third }
       *[no] {""}
    }{ $has_rest ->
        [yes] {""}
            { $rest } more, see the log.
       *[no] {""}
    }
notice-menu-root = What would you like to do?
notice-menu-category = Please choose the category:
notice-menu-place = Please choose the grid, or answer the case: place Jincheng Road
notice-menu-deadline = Please choose the limit, counted from now:
notice-menu-promise = Please choose reason and date, or answer the case: promise 12-5 waiting for materials
notice-menu-extend = Please choose the reason, a supervisor answers. Or answer the case: extend waiting for materials
notice-menu-suspend = Please choose reason and date, a supervisor answers. Or answer the case: suspend 12-5 waiting for permits
notice-menu-refuse = Please choose the reason. If it is a duplicate, press “Duplicate” or answer the case: refuse duplicate XC-…
notice-menu-ask-refusal = Please choose the reason; a supervisor decides:
notice-menu-duplicate = Of which case is it a duplicate? Or answer the case: refuse duplicate XC-…
notice-menu-hand-over = Hand over to whom?
notice-menu-claim-for = Assign to whom?
notice-menu-withdraw = Why withdraw it? Or answer the case: withdraw and the reason
notice-menu-photos = Please choose the photo to move, then its case:
notice-mine = { $count ->
    [0] There are no open cases.
    [one] { $count } open case:
   *[other] { $count } open cases:
}
notice-photo-here = This photo was not filed. Photos belong in the patrol group, where both sides see them{ $count ->
    [0] .
   *[other] : please open the card of its case and send the photo again in reply to it.
}
notice-start-stranger = Hello! I am the bot of a patrol group. You are not on the roster; to use me, please ask your supervisor.
notice-flood = You have sent many photos. All are filed, no need to send them again. The later cards will come a little later.
notice-group-stranger = Hello! This group is not registered with me, so I leave. To use me, please ask your office to register it.
notice-remark-ask = Please write the remark for the daily filing; just send it here{ $has_remark ->
    [yes] . The present one ({ $by }): { $remark }
   *[no] .
}
notice-remark-kept = Noted; the remark goes out with the daily filing: { $remark }
notice-remark-late = The daily filing is out already; the remark was not changed.
notice-digests = These are sent to you. Tap to change: ✅ sent, 🔕 not sent
notice-digests-none = There is nothing that would be sent to you.
notice-definitions =
    📖 What the figures mean
    Window: from the last digest to this one; what happens on the hour belongs to the next. The week is Monday to Sunday, the month the calendar month before.
    Reported: all cases reported in the window.
    Filed: of these, neither refused nor withdrawn.
    Dispatched: filed, with a responsible company.
    Claimed: taken in the window; the time is the median from report to claim; a company's own finds are left out.
    To be closed: closed in the window, or open and due by 24:00 of its last day; suspended ones are left out.
    Closing rate = closed ÷ to be closed.
    Closed in time = closed in time ÷ to be closed; open and overdue cases are not in time.
    Extended = of those to be closed, with an approved extension ÷ to be closed.
    Reworked = of those to be closed, that failed a check ÷ to be closed.
    Overdue: open at the end, past the limit and not mended; suspended ones are left out.
    Overnight: cases of today (A) still open at 24:00.
    Own finds: filed, found by the repair company itself.
    Time to mend: the median from report to the photo of the finished work.
    ↑↓: how many percentage points this window is above or below that one.
notice-command-short = Please open a private chat with me and press “Start”, the answer comes there.
notice-case-not-found = There is no such case, please check the number, e.g. /case XC-20261120-0001
notice-help-officer =
    1. See a defect: post its photo in the group with the street and a few words, and the case is open.
    2. Leave when the card says “may leave the scene”; until then I look for somebody.
    3. After the repair I post a sheet: look on the spot, then press “Pass” or “Rework”.
    4. Wrong place, category or photo: press “More” on the card.
    5. /mine lists your open cases, /case and a number shows one, /today the figures.
notice-help-repairer =
    1. When a card names you, press “Take it”.
    2. When it is mended, answer the case with a photo.
    3. Cannot finish today: press “Not today”, and first place a warning sign and send its photo.
    4. You too press “Pass” at the check; a wrong photo is moved under “More”.
    5. /mine lists your open cases, /case and a number shows one, /today the figures.
notice-help-standby =
    1. When the paired repairer does not answer or is away, I call you: press “Take it”.
    2. When it is mended, answer the case with a photo.
    3. Cannot finish today: press “Not today”, and first place a warning sign and send its photo.
    4. You may press “Pass” for every case of your company.
    5. /mine lists your company's open cases, /case and a number shows one, /today the figures.
notice-help-manager =
    1. When nobody takes a case I call you: have it taken, or press “Take it”.
    2. Give it to somebody else of your company: “More”, then “Hand over”.
    3. Long works: “More”, then “Promise”. Not your job: ask for “Refuse”. A supervisor decides.
    4. Each night I send you today's cases that are still open, and the digests at their times.
    5. /mine lists your company's open cases, /case and a number shows one, /today the figures.
notice-help-supervisor =
    1. When nobody takes a case: assign it, or let the officer leave.
    2. Set hours for a danger that cannot be finished; answer promises and refusals.
    3. When a check takes too long, you may check for the patrol side.
    4. Limits, handing over and refusing are under “More” on the card; orders are issued by you.
    5. /today shows the figures, /case and a number one case, /mine all open cases.
notice-help-leader =
    1. /today shows the figures: reported, closed, open, overdue.
    2. /case and a number shows the whole way of one case.
    3. Every rate shows its fraction and two decimals.
    4. Companies and grids are compared, people never are.
    5. For limits, refusals and the like, please ask a supervisor.
notice-help-clerk =
    1. You see a draft of the daily filing first; press “Edit” to add a remark. /today shows the figures.
    2. /case and a number shows the card and the whole history, for your files.
    3. A photo in the group opens a case; who has no grid is asked for the place.
    4. Numbers are XC-date-serial, by the day of the photo.
    5. Changes of the roster are made by the administrator.
notice-start-officer = Hello { $name }! You are a patrol officer: post a photo in the patrol group and the case is open. /help tells more.
notice-start-repairer = Hello { $name }! You are a repairer: when a card names you, press “Take it”. /help tells more.
notice-start-standby = Hello { $name }! You are a stand-in: when nobody takes a case, I call you. /help tells more.
notice-start-manager = Hello { $name }! You are a manager: what you have to arrange, and the digests, come here. /help tells more.
notice-start-supervisor = Hello { $name }! You are a supervisor: what you have to decide, and the digests, come here. /help tells more.
notice-start-leader = Hello { $name }! You are on the roster as a leader: /today shows the figures, /help tells more.
notice-start-clerk = Hello { $name }! You are on the roster as a clerk: /case and a number shows a case, /help tells more.

## What a command does, shown while “/” is typed

command-start = Start, and get what concerns you here
command-today = Today’s figures
command-mine = My open cases
command-case = Look up a case: /case number
command-digests = Which digests I get
command-help = How to use this

## The digests

digest-title-meet = 📋 Morning meeting { $day }
digest-title-filing = 📋 Daily filing { $day }
digest-title-draft = 📝 Daily filing { $day } (draft)
digest-title-week = 📊 Week { $since } – { $day }
digest-title-month = 📊 Month { $month }/{ $year }
digest-title-today = 📋 Figures of today { $day }
digest-draft = Not filed yet. To add a remark, press “Edit”.
digest-window = { $since } to { $until }
digest-since-last = In this time: reported { $reported }, closed { $closed }
digest-reported = Reported { $reported } · filed { $filed } · dispatched { $dispatched }
digest-ended = Refused or withdrawn { $ended }
digest-claimed = Claimed { $count }, median time { $lasting }
digest-claimed-none = Claimed 0
digest-owed = To be closed { $owed }, closed { $closed }
digest-closing = Closing rate { $rate }
digest-on-time = Closed in time { $rate }
digest-extended = Extended { $rate }
digest-reworked = Reworked { $rate }
digest-open = Open { $total }: today { $tier_A } · three days { $tier_B } · promised { $tier_C }
digest-late-ones = Overdue { $overdue } · overnight { $overnight }
digest-count = { $name } { $n }
digest-list-overdue = Overdue { $count }
digest-list-due = Ends today { $count }
digest-list-overnight = Open overnight { $count }: { $numbers }
digest-remark = 📝 Remark: { $remark } ({ $by })
digest-nowhere = Place unknown
digest-by-grid = By grid
digest-by-company = By company
digest-by-category = By category
digest-by-source = By source
digest-by-tier = By limit
digest-row = { $name }: { $figures }
and-more-rows = …and { $n } more rows
row-reported = reported { $n }
row-claimed = claimed { $n } ({ $lasting })
row-closing = closed { $rate }
row-on-time = in time { $rate }
row-extended = extended { $rate }
row-reworked = reworked { $rate }
row-open = open { $n }
row-overdue = overdue { $n }
row-overnight = overnight { $n }
source-patrol = Daily patrol
source-company = Company patrol
source-inspection = Inspection
source-office = Office
source-citizen = Citizens
took-seconds = { $seconds } s
took-minutes = { $minutes } min
took-hours = { $hours } h{ $minutes ->
    [0] {""}
   *[other] {" "}{ $minutes } min
}
took-days = { $days } d{ $hours ->
    [0] {""}
   *[other] {" "}{ $hours } h
}
digest-days = { $since } – { $until }
digest-month = { $month }/{ $year }
digest-trend-week = Against the four weeks before (this week ↑ higher, ↓ lower, in points)
digest-trend-month = Against the month before and the same month last year (this month ↑ higher, ↓ lower, in points)
digest-past = { $days }: reported { $reported } · closed { $closing } · in time { $on_time }
digest-top-defects = Most frequent defects: { $list }
digest-top-places = Most frequent places: { $list }
digest-causes = Causes (as people wrote them)
cause-rework = Rework { $count }: { $reasons }
cause-refusal = Refused { $count }: { $reasons }
cause-promise = Promises asked for { $count }: { $reasons }
cause-extension = Extensions asked for { $count }: { $reasons }
cause-suspension = Suspensions asked for { $count }: { $reasons }
cause-others = others
cause-unsaid = no reason given
digest-companies = Companies: { $names }
digest-side = { $name } { $values }
digest-more-companies = …and { $n } more companies
side-reported = Reported
side-closing = Closed
side-on-time = In time
side-reworked = Reworked
side-extended = Extended
side-overdue = Overdue
side-claim = Time to claim
side-mend = Time to mend
side-own = Own finds
side-promises = Promises kept
digest-slowest = Slowest
digest-fastest = Fastest
chart-caption = { $has_late ->
    [yes] { $late }{" "}
   *[no] {""}
}{ $title }, chart
chart-closing = Closing rate
chart-on-time = Closed in time
chart-weeks = This week and the four before
chart-months = This month, the month before, a year ago
chart-companies = Companies
chart-counts = in { $reported }, late { $overdue }
chart-days = { $since_day }/{ $since_month } – { $until_day }/{ $until_month }

## The history

steps-line = Six steps: { $steps }
step-mark = { $done ->
    [yes] ✅
    [now] ▶
   *[no] ▫️
} { $step }
step-1 = report
step-2 = dispatch
step-3 = repair ({ $tier })
step-4 = check and close
step-5 = archive
step-6 = assess
workdays-line = Took { $days ->
    [0] less than a working day
    [1] { $days } working day
   *[other] { $days } working days
}
dossier-earlier = { $number }, what came earlier:
history-title = History:
history-earlier = … { $n } earlier
history-line = { $at } { $actor }: { $what }
event-case-reported = { $has_cures ->
    [yes] opened for the lasting repair of { $cures }
   *[no] { $forwarded ->
        [yes] reported with a forwarded photo
       *[no] reported with a photo
    }
}, { $category }, { $tier }, { $where }, limit { $deadline }
event-case-claimed = { $has_for_whom ->
    [yes] assigned it to { $for_whom }
   *[no] took it
}
event-work-begun = began work
event-sign-placed = placed the warning sign
event-closure-submitted = reported it mended{ $late ->
    [yes] {" "}(late)
   *[no] {""}
}
event-photos-added = { $away ->
    [yes] moved away
   *[no] added
} { $count ->
    [one] { $count } photo
   *[other] { $count } photos
} ({ $phase })
event-key-turned = passed it for the { $side ->
    [patrol] patrol side
   *[repair] repair side
}{ $remote ->
    [yes] {" "}(remotely)
   *[no] {""}
}
event-case-closed = { $on_time ->
    [yes] closed, in time
   *[no] closed, late
}
event-rework-ordered = ordered rework { $round }{ $why }
event-today-given-up = cannot finish it today
event-hours-granted = set { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}, until { $deadline }
event-promise-asked = asked to promise it for { $day }{ $why }
event-promise-agreed = agreed to { $day }
event-promise-declined = did not agree to the promise
event-promise-withdrawn = withdrew the promise, limit { $deadline }
event-stage-finished = finished { $stage }{ $late ->
    [yes] {" "}(late)
   *[no] {""}
}, next { $next }, limit { $deadline }
event-extension-asked = asked for an extension{ $why }
event-extension-granted = agreed to extension { $count }, limit from { $was } to { $deadline }
event-extension-declined = did not agree to the extension
event-suspension-asked = asked to suspend it until { $day }{ $why }
event-case-suspended = suspended it until { $day }, the clock stands
event-suspension-declined = did not agree to the suspension
event-case-resumed = let the clock run again, limit { $deadline }
event-tier-changed = changed { $was } to { $tier }, limit { $deadline }
event-deadline-changed = changed the limit from { $was } to { $deadline }
event-category-changed = changed the category from { $was } to { $category }
event-place-changed = place: { $where }
event-case-moved = { $repairer } answers for it now
event-words-added = added: { $words }
event-case-refused = refused it{ $why }{ $has_duplicate_of ->
    [yes] {" "}(duplicate of { $duplicate_of })
   *[no] {""}
}
event-refusal-asked = asked for refusal{ $why }
event-refusal-declined = did not refuse it
event-case-handed-over = handed it over to { $to }
event-case-withdrawn = withdrew it{ $why }
event-scene-released = let the officer leave
event-case-joined = joined to the main case { $main }
event-cases-joined = { $count } joined to this case: { $cases }
event-case-parted = no longer joined to { $main }
event-main-ended = main case { $main } has ended; this one goes on by itself
event-main-reopened = main case { $main } is open again; this one follows it
event-stopgap-marked = { $off ->
    [yes] no stopgap after all
   *[no] mended for now only
}
event-cure-opened = case { $cure } opened for the lasting repair
event-overdue-marked = overdue (limit { $deadline })
event-sign-marked-missing = no warning sign
event-reminded = limit { $deadline } has passed, reminded
event-order-drafted = { $rung ->
    [2] supervision order drafted, awaits a supervisor
    [3] report to the head of the office drafted, awaits a supervisor
   *[other] report to the Party group drafted, awaits a supervisor
}
event-order-issued = issued { $number } ({ $rung ->
    [2] supervision order
    [3] report to the head of the office
   *[other] report to the Party group
})
event-order-declined = { $rung ->
    [2] did not issue the supervision order
    [3] did not report to the head of the office
   *[other] did not report to the Party group
}
event-press-undone = undid it, back to “{ $back_to }”
event-photo-unreadable = a photo cannot be opened
event-photo-sent-anew = the photo was sent again

## The clock ledger

ledger-title = Clocks:
ledger-line = { $at } { $what }{ $photo ->
    [yes] {" "}📷
   *[no] {""}
}
ledger-started = { $clock } clock starts, until { $until }
ledger-transferred = goes to { $company }, { $clock } clock starts anew, until { $until }
ledger-changed = { $clock } limit is now { $until }{ $has_decided ->
    [yes] {" "}({ $decided })
   *[no] {""}
}
ledger-stopped = { $clock } clock stands, { $left } { $over ->
    [yes] over
   *[no] left
}
ledger-resumed = { $cause ->
    [suspension] Resumed
    [rework] Rework
   *[photo] Photo moved
}: { $clock } clock goes on, until { $until }
ledger-ended = { $clock } clock ends
ledger-missed = { $clock } overdue{ $has_until ->
    [yes] {" "}(limit { $until })
   *[no] {""}
}
ledger-sign-placed = The warning sign stands
ledger-sign-missing = No warning sign
ledger-asked-promise = { $asked } asks to promise it until { $until }{ $why }
ledger-asked-extension = { $asked } asks for an extension until { $until }{ $why }
ledger-asked-suspension = { $asked } asks to suspend it until { $day }{ $why }
ledger-asked-hours = { $asked } cannot finish today, a supervisor sets the limit
ledger-declined-promise = { $decided } does not agree to the promise
ledger-declined-extension = { $decided } does not agree to the extension
ledger-declined-suspension = { $decided } does not agree to the suspension
ledger-extended = Extension { $count }: from { $was } to { $until }, asked by { $asked }{ $why }, agreed by { $decided }
ledger-suspended = Suspended until { $day }, { $left } left, asked by { $asked }{ $why }, agreed by { $decided }
ledger-promised = Promised until { $until }, asked by { $asked }{ $why }, agreed by { $decided }
ledger-kept = The promise was kept
ledger-broken = The promise was broken
ledger-undone = Undone: { $has_left ->
    [yes] { $clock } clock stands, { $left } left
   *[no] { $has_until ->
        [yes] { $clock } clock runs until { $until }
       *[no] { $clock } clock does not run
    }
}

## After a press

toast-claimed = It is yours, please go there soon.
toast-passed-waiting = Passed, the other side is next.
toast-closed = Both sides passed it, closed.
toast-rework = Sent back for rework.
toast-begun = Work has begun.
toast-given-up-today = Noted. Please place a warning sign first and answer the case with its photo.
toast-hours-granted = Limit set, see the card.
toast-promise-asked = Asked, a supervisor answers.
toast-promise-agreed = Promise agreed.
toast-promise-declined = Answered: not agreed, the limit stays.
toast-promise-withdrawn = Promise withdrawn, three days from now.
toast-extension-asked = Asked, a supervisor answers.
toast-extension-granted = Extension agreed.
toast-extension-declined = Answered: not agreed, the limit stays.
toast-suspension-asked = Asked, a supervisor answers.
toast-suspended = Suspended, the clock stands.
toast-suspension-declined = Answered: not agreed, the limit stays.
toast-resumed = The clock runs again, see the card.
toast-tier-changed = Tier changed, see the card.
toast-deadline-changed = Limit changed, see the card.
toast-category-changed = Category changed.
toast-place-changed = Place changed.
toast-refused = Refused.
toast-refusal-asked = Refusal asked for, a supervisor decides.
toast-refusal-declined = Answered: not refused.
toast-handed-over = Handed over.
toast-claimed-for = Assigned.
toast-withdrawn = Withdrawn.
toast-released = The officer may leave.
toast-hushed = Right, no reminder of this case before { $clock } { $day ->
    [today] today
   *[other] tomorrow
}.{ $sign ->
    [yes] {" "}You will still be asked for the warning sign.
   *[no] {""}
}
toast-order-issued = Issued { $order }. This cannot be undone.
toast-order-issued-by = { $by } has issued { $order }.
toast-order-declined-by = { $by } has decided not to issue it.
toast-order-declined = Noted: not issued, and none is drafted under this limit any more.
toast-undone = Undone, all as before.
toast-filed = The photo is filed under { $number }.
toast-menu-opened = Please choose from the menu.
toast-menu-empty = There is nothing for you to do on this case now.
toast-joined = { $count } joined to main case { $number }.
toast-not-joined = Noted: each goes on by itself.
toast-parted = No longer joined.
toast-stopgap-marked = Noted: for now only. At the close a case for the lasting repair opens.
toast-stopgap-off = Noted: not just for now.
toast-split = Split, { $count ->
    [one] { $count } new case
   *[other] { $count } new cases
}.
toast-moved-photo = The photo was moved to { $number }.
toast-definitions = The definitions were sent to you.
toast-earlier-told = What came earlier was sent to you.
toast-digest-muted = You get it no more. To have it again, send /digests.
toast-digest-muted-already = You already get it no more. To have it again, send /digests.
toast-digest-wanted = You get it again from now on.
toast-remark-asked = Please see the message below.
toast-remark-asked-already = Please reply to the earlier message that asks for the remark.
toast-filed-already = It is filed already and can no longer be changed.

## When something may not be

refusal-not-yours = { $has_who ->
    [yes] Only { $who } can { $act }
   *[no] You cannot { $act }
}
refusal-not-now = The case is “{ $status }”, nobody can { $act } now
refusal-already-taken = { $by } has taken it already
refusal-already-yours = Done already, no need to press again
refusal-key-turned = { $waiting ->
    [patrol] { $by } passed it, the patrol side is next
   *[repair] { $by } passed it, the repair side is next
}
refusal-one-person-two-keys = One person cannot check for both sides, the other side must press
refusal-outdated = Out of date, please see the newest card
refusal-case-ended = { $number }: { $status }, nothing left to do
refusal-no-such-case = There is no such case
refusal-not-on-roster = You are not on the roster, please ask a supervisor
refusal-supervisor-only = Only a supervisor can give a dangerous case more time
refusal-date-in-past = That date has passed, please choose another
refusal-date-too-far = Too far away, at most { $days ->
    [one] { $days } day
   *[other] { $days } days
}
refusal-danger-not-put-off = A case of today is neither extended nor suspended. Press “Not today” if it cannot be done, a supervisor sets the limit
refusal-promise-instead = A promised case needs no extension, ask for another date
refusal-limit-passed = The limit has passed, too late to ask. Ask for a promise, or a supervisor for another limit
refusal-extensions-used = { $most ->
    [0] This city gives no extensions. Ask for a promise, or a supervisor for another limit
    [one] Extended once, no more. Ask for a promise, or a supervisor for another limit
   *[other] Extended { $most } times, no more. Ask for a promise, or a supervisor for another limit
}
refusal-suspensions-used = { $most ->
    [0] This city suspends no cases. Ask for a promise, or a supervisor for another limit
    [one] Suspended once, no more. Ask for a promise, or a supervisor for another limit
   *[other] Suspended { $most } times, no more. Ask for a promise, or a supervisor for another limit
}
refusal-clock-stands = The case is suspended and its clock stands. To go on earlier, press “Resume”
refusal-not-suspended = The case is not suspended, its clock runs
refusal-answer-awaited = Asked for already, a supervisor will answer
refusal-reason-needed = Please give a reason
refusal-nothing-asked = Nothing waits for an answer; it may have been answered already
refusal-main-case = { $number } is a main case and cannot be joined to another
refusal-joined-case = This case is joined to { $main }; join to that one
refusal-wrong-person = { $name } cannot take this case, please choose somebody else
refusal-undo-over = Out of date, it cannot be undone any more
refusal-undo-not-yours = Only { $by } can undo it
refusal-nothing-changed = It is so already

## Words for what one can do

act-claim = take it
act-claim-for = assign it
act-begin = begin work
act-place-sign = report the warning sign
act-submit = report it mended
act-add-photo = add photos
act-pass = check it
act-rework = send it back
act-give-up-today = say that it cannot be finished today
act-grant-hours = set the limit
act-ask-promise = ask for a promise
act-answer-promise = answer a promise
act-withdraw-promise = withdraw a promise
act-ask-extension = ask for an extension
act-answer-extension = answer an extension
act-ask-suspension = ask for a suspension
act-answer-suspension = answer a suspension
act-resume = let the clock run again
act-set-tier = change the tier
act-set-deadline = change the limit
act-set-category = change the category
act-set-place = change the place
act-add-words = add words
act-refuse = refuse it
act-ask-refusal = ask for refusal
act-decline-refusal = answer a refusal
act-hand-over = hand it over
act-withdraw = withdraw it
act-release-scene = let the officer leave
act-join = join cases
act-lead = join cases
act-part = separate cases
act-follow = follow the main case
act-mark-stopgap = mark a stopgap
act-mark-overdue = mark it overdue
act-mark-sign-missing = mark the missing sign
act-remind = remind
act-draft-order = draft an order
act-issue-order = issue an order
act-decline-order = decide not to issue an order
act-undo = undo
act-move-photo = move photos
act-split = split it
act-more = open the menu
act-file = answer this

## The self-watch

audit-title = The self-watch found something wrong, please have a look:
audit-line = · { $what } ({ $names })
audit-more = What could be put right has been. Administrator: xunchaqun audit tells the details and what to do.
audit-due-late = Things not done in time: { $count }
audit-due-missing = Cases without their reminders: { $count }
audit-due-shifted = Cases whose reminders stand at a wrong time: { $count }
audit-due-failed = Things that failed when they fell due: { $count }
audit-daily-missing = Daily tasks that are not planned: { $count }
audit-outbox-stuck = Messages that should have gone out: { $count }
audit-outbox-far = Messages with a wrong time of sending: { $count }
audit-outbox-orphan = Messages left behind while being sent: { $count }
audit-outbox-dead = Messages asking for an act that could not be sent: { $count }
audit-card-missing = Cases without a card: { $count }
audit-card-stale = Cards that are not up to date: { $count }
audit-card-link = Cards that do not lead to their case: { $count }
audit-card-other = Cases with two cards: { $count }
audit-sheet-missing = Cases to be checked without their sheet: { $count }
audit-photo-missing = Original photos missing, please have them sent again: { $count }
audit-photo-altered = Original photos changed, please have them sent again: { $count }
audit-photo-lost = Cases that count more photos than they have: { $count }
audit-photo-link = Photos that do not lead to their case: { $count }
audit-photo-stuck = Photos that were never fetched: { $count }
audit-file-stray = Unknown files in the folder of photos: { $count }
audit-file-part = Unfinished files in the folder of photos: { $count }
audit-chain-broken = Case histories changed or incomplete: { $count }
audit-status-unlike = Cases whose state is not that of their history: { $count }
audit-case-unlike = Cases whose contents are not those of their history: { $count }
audit-ledger-unlike = Cases whose clock ledger has a gap or another limit: { $count }
audit-row-stray = Rows of cases that do not exist: { $count }
audit-counter-low = Counters that would give a number twice: { $count }
audit-undo-left = Undos that do not end: { $count }
audit-bound-twice = People with two accounts, or two with one private chat: { $count }
audit-look-failed = The self-watch could not read everything: { $count }
audit-quarantine = Updates that could not be handled, waiting in quarantine: { $count }
