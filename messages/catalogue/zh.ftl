# 中文文本。每条只是普通文字，“<”“&”不用转义；{ $名称 } 处由程序填入。
# 各单位可另建文件夹，放同名文件，只写要改的条目。

## 时间、地点、人名

comma = 、
today = 今日
tomorrow = 明日
day = { $month }月{ $day }日
day-of-year = { $year }年{ $month }月{ $day }日
moment = { $day } { $clock }
# 只有不认识实时时间的旧客户端才会显示
live-fallback = 截止
place-missing = 待补位置
grid = { $grid }号网格
nobody-yet = 待定
in-company = （{ $company }）
with-grid-officer = { $officer }（网格队员 { $grid_officer }）
why = ：{ $reason }
aside = （{ $reason }）
order-number = 督办〔{ $year }〕{ $serial }号
late = 【补发】
and-more = ……另有 { $n } 件
names-more = { $names }（另有 { $n } 件未列）
names-only = { $names }：{ $n } 件
bot-name = 机器人
who-standby = { $zone }替班
who-manager = { $zone }经理
who-supervisor = 督查

## 状态、时限、照片

status-waiting = 待对接
status-taken = 已接单
status-repairing = 维修中
status-checking = 待查验
status-rework = { $round ->
    [0] 返工
   *[other] 返工 { $round }
}
status-closed = 已结案
status-refused = 退单
status-withdrawn = 撤回
tier-a = A 当天
tier-b = B 三天
tier-c = C 承诺
stage-guard = 现场围护
stage-repair = 抢修
stage-restore = 恢复原状
clock-claim = 对接
clock-repair = 维修
clock-sign = 警示标志
clock-check = 查验
lasting = { $hours ->
    [0] { $minutes } 分
   *[other] { $minutes ->
        [0] { $hours } 小时
       *[other] { $hours } 小时 { $minutes } 分
    }
}
lasting-days = { $days } 天{ $hours ->
    [0] {""}
   *[other] {" "}{ $hours } 小时
}{ $minutes ->
    [0] {""}
   *[other] {" "}{ $minutes } 分
}
lasting-working = { $minutes ->
    [0] { $hours } 工作时
   *[other] { $hours } 工作时 { $minutes } 分
}
phase-before = 维修前
phase-sign = 警示标志
phase-during = 施工中
phase-after = 修好后
phase-check = 查验

## 案件卡片

card-first = { $mark } { $state } { $number } { $defect } · { $tier }
card-place = 📍 { $place }
card-words = 💬 { $words }
card-people = 👮 { $officer } → 🔧 { $repairer }{ $company }
card-company-patrol = 🔧 { $repairer }{ $company } · 公司巡查 → 👮 { $officer }
card-company-patrol-alone = 🔧 { $repairer }{ $company } · 公司巡查
card-limit = ⏳ { $what } { $limit }（{ $live }）
card-stage = { $stage }（{ $number }/{ $count }）
card-suspended = ⏸ 挂账至 { $day }{ $has_left ->
    [yes] ，停表，剩 { $left }
   *[no] ，停表
}
card-check = ⏳ 查验 { $limit }（{ $live }）
card-stands = {" "}· 维修停表，剩 { $left }
card-sign = {" "}· 警示标志 { $limit }
card-standard = 📏 { $standard }
card-counts = 📷 前{ $before } 中{ $during } 后{ $after }
mark-unreadable = 照片打不开，请重发
mark-overdue = 逾期
mark-order = 督办 { $serial }号
mark-stage-late = 前段逾期
mark-extended = 已延期 { $count } 次
mark-sign-missing = 未设警示
mark-sign-placed = 已设警示
mark-not-today = 今天修不完
mark-rework = 返工 { $round }
mark-remote = 非现场
mark-forwarded = 转发
mark-late-entry = 补录
mark-promise-withdrawn = 承诺已撤销
mark-released = 可撤场
mark-released-night = 可撤场（夜间登记）
mark-main = 主案，并入 { $count } 件
mark-joined = 并入主案 { $number }
mark-stopgap = 临时处置
mark-cure = 根治 { $number }
mark-cures = 根治（{ $number } 是临时处置），请修好或申请承诺
pending-rework = 返工原因{ $why }
pending-promise = 申请承诺 { $day } 修好，待督查答复{ $why }
pending-extension = 申请延期，待督查答复{ $why }
pending-suspension = 申请挂账至 { $day }，待督查答复{ $why }
pending-hours = 待督查定时限
pending-refusal = 已申请退单，待督查决定{ $why }
pending-repair-key = { $by }已查验通过，等维修方
pending-patrol-key = { $by }已查验通过，等巡查方
closed-company-patrol = { $repairer }（公司巡查），{ $by }查验
closed-people = { $officer } → { $repairer }
closed-on-time = 按期
closed-late = 逾期
ended-duplicate = 与 { $number } 重复
ended-reason = 原因：{ $reason }

## 前后对比图

sheet-mended = 🔧 { $by } { $at } 修好
sheet-ask = { $patrol }：请双方到现场查验，合格按“查验通过”，不合格按“返工”。
sheet-ask-anyone = 请双方到现场查验，合格按“查验通过”，不合格按“返工”。
sheet-over = 现在：{ $state }
sheet-before = 整改前
sheet-after = 整改后
sheet-missing = 缺整改前照片

## 今日看板

board-title = 📌 今日看板 { $day }
board-today = 今日上报 { $reported } 件 · 结案 { $closed } 件
board-none = 没有未结案件
board-suspended = ⏸ 挂账 { $count }
board-tonight = 🌙 今晚必须结案 { $count } 件
board-overdue = 🔴 逾期 { $count } 件
board-soon = ⏳ 按时限先后，其余 { $count } 件
board-seen = 更新于 { $at }

## 按钮

button-of-case = { $words } { $number }
button-claim = 接单
button-begin = 开工
button-pass = 查验通过
button-remote = 远程查验
button-rework = 返工
button-undo = 撤销
button-more = 更多
button-not-today = 今天修不完
button-hours = { $hours }小时
button-days = { $days }天后
button-agree = 同意
button-disagree = 不同意
button-promise = 承诺
button-promise-back = 撤销承诺
button-extend = 延期
button-extend-agree = 同意
button-extend-decline = 不同意
button-suspend = 挂账
button-suspend-agree = 同意
button-suspend-decline = 不同意
button-resume = 恢复
button-tier = { $arg ->
    [A] 改为当天
   *[B] 改为三天
}
button-tier-up = 改为当天
button-tier-down = 改为三天
button-deadline = 改时限
button-category = 改类别
button-place = 改位置
button-grid = { $grid }号 { $street }
button-refuse = 退单
button-refuse-asked = 同意退单
button-refuse-declined = 不同意退单
button-duplicate = 重复
button-hand-over = 转派
button-claim-for = 代派
button-withdraw = 撤回
button-release = 准予撤场
button-move-photo = 移照片
button-photo-before = 维修前 { $time }
button-photo-sign = 警示 { $time }
button-photo-during = 施工中 { $time }
button-photo-after = 修好后 { $time }
button-photo-check = 查验 { $time }
button-chosen = ✓ { $reason }
button-hush = 🔕 到明早
button-issue = 签发
button-not-issue = 不签发
button-join = 并案
button-not-join = 不是一回事
button-part = 取消并案
button-stopgap = 临时处置
button-stopgap-off = 取消临时处置
button-split = 拆开
button-file = 归入此案
button-new = 新问题
button-earlier = 更早
button-definitions = 口径
button-mute-digest = 🔕 不再收这份
button-remark = 修改
button-choose-digest = ✅ { $arg ->
    [meet] 日碰头
    [filing] 日报备
    [week] 周分析
   *[month] 月小结
}
button-choose-digest-off = 🔕 { $arg ->
    [meet] 日碰头
    [filing] 日报备
    [week] 周分析
   *[month] 月小结
}

## 可选的原因

reason-not-ours = 不归我们管
reason-not-found = 现场找不到
reason-no-defect = 现场没有问题
reason-duplicate = 重复
reason-long-works = 工期长
reason-materials = 等材料
reason-weather = 等天气
reason-permits = 等手续
reason-funds = 等资金
reason-owner = 等产权单位
reason-season = 等季节
reason-mistake = 发错了
reason-fixed = 已经修好
reason-undone = 撤销了结案
reason-wrong-photo = 照片不对

## 列表里的一行

line-case = { $mark } { $number } { $defect }
line-limit = 时限 { $limit }
line-checking = 查验 { $limit }
line-suspended = 挂账至 { $day }
line-due-at = 应于 { $at } 提醒
line-ladder = 没人接单
line-nudge = { $point ->
    [50] 时限已过半
    [75] 时限已过四分之三
    [100] 时限已到
    [200] 超过时限一倍
    [300] 超过时限两倍
   *[other] 时限已用 { $point }%
}
line-order = { $point ->
    [2] 拟发督办单
    [3] 拟报主要负责人
   *[other] 拟提请党组研究
}
line-sign = 请放警示标志并拍照
line-check = 等您查验
line-check-late = 查验超时
line-overnight = 过夜未结
line-resumed = 挂账到期

## 通知

notice-ladder-standby = 还没有人接单，请替班接单：
notice-ladder-manager = 还没有人接单，请经理安排人接单：
notice-ladder-supervisor = 仍没有人接单，请督查代派，或准予撤场：
notice-ladder-leader = 接单时限已过很久，仍没有人接单，请领导过问：
notice-missed = 停机期间漏发的提醒，请看一下：
notice-nudge = 请抓紧维修：
notice-nudge-watch = 请过问维修进度：
notice-nudge-watched = 请抓紧维修，也请督查、领导过问：
notice-order-ask = 过了时限还没修好，督办文书已拟好，请督查决定是否签发：
notice-order-2 = { $order }（{ $by }签发）：过了时限还没修好，请马上整改：
notice-order-3 = { $order }（{ $by }签发）：督办后仍没修好，报主要负责人，请过问：
notice-order-told = { $order }（{ $by }签发）：本案已报主要负责人，请马上整改：
notice-order-4 = { $order }（{ $by }签发）：多次督办仍没修好，提请党组研究：
notice-batch = 待办提醒，请各位抓紧：
notice-overnight-group = 过夜未结 { $count } 件：{ $numbers }
notice-overnight = 过夜未结：当天案件还有 { $count } 件
notice-sign-ask = 请先放好警示标志，再在群里拍照回复对应案件，写上“警示”：
notice-check-ask = 已修好，请到现场查验：
notice-check-late = 查验超时，请督查过问，也可以代巡查方查验：
notice-rework = 查验没通过，返工 { $round }{ $why }。请重新维修：
notice-handed-over = { $by }把这个案件派给您，请办理：
notice-moved = 案件位置有变，现在由您负责，请接单：
notice-released = 可撤场，{ $by }已应答：
notice-hours-ask = { $by }报今天修不完。这是危险案件，请督查定时限：
notice-promise-ask = { $by }申请承诺 { $day } 修好{ $why }。请督查答复：
notice-promise-answered = { $agree ->
    [yes] 督查同意承诺，最晚 { $day } 修好：
   *[no] 督查不同意承诺，时限不变：
}
notice-promise-withdrawn = 督查撤销了承诺，改按三天时限：
notice-extension-ask = { $by }申请延期到 { $until }{ $why }。请督查答复：
notice-extension-answered = { $agree ->
    [yes] 督查同意延期，最晚 { $until } 修好：
   *[no] 督查不同意延期，时限不变：
}
notice-suspension-ask = { $by }申请挂账至 { $day }{ $why }。请督查答复：
notice-suspension-answered = { $agree ->
    [yes] 督查同意挂账，停表至 { $day }：
   *[no] 督查不同意挂账，时限不变：
}
notice-resumed = 挂账到期，恢复计时，请安排维修：
notice-resumed-by = { $by }恢复了计时，请安排维修：
notice-hours-granted = 督查定了时限，请在 { $hours } 小时内修好：
notice-refusal-ask = { $by }申请退单{ $why }。请督查决定：
notice-refused = 案件已退单{ $why }{ $has_other ->
    [yes] （{ $other }）
   *[no] {""}
}
notice-burst-ask = 短时间内同一网格上报同类问题 { $count } 件，是不是一回事？按“并案”，以最早一件为主案，其余不再催办，编号、时限照旧。请督查决定：
notice-main-ended = 主案 { $number } { $status ->
    [closed] 已结案
    [refused] 已退单
   *[withdrawn] 已撤回
}。并入的案件恢复单独办理，请逐件到现场看，修好的各回复一张照片：
notice-closed = { $on_time ->
    [yes] 已修好，双方查验通过，按期结案：
   *[no] 已修好，双方查验通过，逾期结案：
}
notice-pin-refused = 我没有置顶权限，今日看板没有置顶。请给我“置顶消息”权限。
notice-question-case = 这张照片是哪个案件的？请点一下：
notice-question-place = 请点位置所在的网格，也可以回复本消息写明路名：
notice-question-anonymous = 您现在是匿名身份，看不出是谁，请直接按卡片上的按钮。
notice-bound = { $name }（@{ $username }）首次使用，账号已登记。如果不是本人，请联系信息科。
notice-bound-other = 另一个账号用 { $name } 的用户名（@{ $username }）发言，未登记，不作数。本人换了账号的，请联系信息科改登记。
notice-calendar-missing = 还没有 { $year } 年的工作日历，那一年的节假日会当成工作日计时。请管理员运行 xunchaqun calendar update 补上，再重启机器人。
notice-gap = { $gap_from }到{ $gap_to }没有收到 Telegram 的任何消息。超过 24 小时的消息 Telegram 不再保留，这段时间群里的照片和消息可能没有收到。请通知群里：这期间发过的照片、完工照请再发一次。
notice-bot-muted = { $managers ->
    [yes] 我在管理群不能发言了，报告发不出去，请恢复我的权限。权限恢复后补发。
   *[no] 我在巡查群的权限被收回了，看不到照片，也不能发言，请恢复我的管理员身份。案件和时限照常计算，消息恢复后补发。
}
notice-bot-gone = { $managers ->
    [yes] 我被移出了管理群，报告发不出去，请重新拉进群。回来后补发。
   *[no] 我被移出了巡查群，请重新拉进群。案件和时限照常计算，消息恢复后补发。
}
notice-bot-back = { $managers ->
    [yes] 我已回到管理群，报告照常发。
   *[no] 我已回到巡查群，卡片会重新更新。
}
notice-rules-adopted = 问题分类表已换成第 { $version } 版。新立的案按新表办，已立的案照旧。
notice-rules-refused = 问题分类表没有换：新文件有 { $count } 处要改，眼下仍按原来的办。
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
            另有 { $rest } 处，见运行日志。
       *[no] {""}
    }
notice-menu-root = 请选要办的事：
notice-menu-category = 请选类别：
notice-menu-place = 请选网格，也可以回复案件：改位置 金城路与鼓楼路口
notice-menu-deadline = 请选时限，从现在算起：
notice-menu-promise = 请选原因和日期，也可以回复案件：承诺 12月5日 等材料
notice-menu-extend = 请选延期原因，由督查答复，也可以回复案件：延期 等材料
notice-menu-suspend = 请选挂账原因和日期，由督查答复，也可以回复案件：挂账 12月5日 等手续
notice-menu-refuse = 请选退单原因。与别的案件重复，请按“重复”，或回复案件：退单 重复 XC-…
notice-menu-ask-refusal = 请选退单原因，由督查决定：
notice-menu-duplicate = 和哪个案件重复？也可以回复案件：退单 重复 XC-…
notice-menu-hand-over = 转派给谁？
notice-menu-claim-for = 代派给谁？
notice-menu-withdraw = 为什么撤回？也可以回复案件：撤回 原因
notice-menu-photos = 请选要移走的照片，再选移到哪个案件：
notice-mine = { $count ->
    [0] 没有未结案件。
   *[other] 未结案件 { $count } 件：
}
notice-photo-here = 这张照片没有登记。照片请发到巡查群里，大家才看得到{ $count ->
    [0] 。
   *[other] ：点开案件的卡片，回复它再发一次。
}
notice-start-stranger = 您好！我是巡查群的机器人。您不在名单里，需要使用请联系本单位督查。
notice-flood = 您发的照片很多，都已登记，不用重发。后面的卡片会晚一点发出。
notice-group-stranger = 您好！本群没有登记，我先退出了。需要使用请联系管理单位登记。
notice-remark-ask = 请写下日报备的备注，直接发来就行{ $has_remark ->
    [yes] 。现有备注（{ $by }）：{ $remark }
   *[no] 。
}
notice-remark-kept = 备注记下了，随日报备一起报出：{ $remark }
notice-remark-late = 日报备已经报出，备注没有改。
notice-digests = 会发给您的报告，点一下就改：✅ 收，🔕 不收
notice-digests-none = 没有要发给您的报告。
notice-definitions =
    📖 口径
    时段：从上一期到这一期，整点发生的算下一期。周分析是上周一到周日，月小结是上个月。
    上报：时段内报的全部案件。
    立案：上报减去退单、撤回的。
    派遣：立案中已落实维修公司的。
    接单：时段内接单的；用时从上报算起，取中位数；公司自查的不计。
    应结案：时段内结案的，加上到期没结的（看到最后一天 24:00）；挂账的不计。
    结案率＝结案÷应结案。
    按期结案率＝按期结案÷应结案；未结、超期都不算按期。
    延期率＝应结案中批准过延期的÷应结案。
    返工率＝应结案中返过工的÷应结案。
    超期：时段结束时未结、过了时限还没修好的；挂账的不计。
    过夜：当天案件到 24:00 没结的。
    自查：立案中维修公司自己发现的。
    维修用时：从上报到完工照片，取中位数。
    ↑↓：这一期比那一期高或低几个百分点。
notice-command-short = 请先点我的头像，打开私聊并按“开始”，结果会发到私聊里。
notice-case-not-found = 没有找到这个案件，请核对编号，例如 /case XC-20261120-0001
notice-help-officer =
    1. 看到问题，拍照发到群里，写上路名和情况，就立案了。
    2. 卡片出现“可撤场”就可以离开；没人接单我会继续找人。
    3. 修好后我发对比图，到现场看过，按“查验通过”或“返工”。
    4. 发错了、位置或类别不对，按卡片上的“更多”。
    5. /mine 看我的未结案件，/case 加编号看案件，/today 看今日数字。
notice-help-repairer =
    1. 卡片点到您，请按“接单”，或回复“收到”。
    2. 修好后拍照，回复案件发出来，就等双方查验。
    3. 今天修不完，按“今天修不完”，先放警示标志并拍照。
    4. 查验时您也要按“查验通过”；发错照片，按“更多”里的“移照片”。
    5. /mine 看我的未结案件，/case 加编号看案件，/today 看今日数字。
notice-help-standby =
    1. 结对队员没接单或请假时，我会通知您，请按“接单”。
    2. 修好后拍照，回复案件发出来，就等双方查验。
    3. 今天修不完，按“今天修不完”，先放警示标志并拍照。
    4. 本公司案件的查验，您也可以按“查验通过”。
    5. /mine 看本公司未结案件，/case 加编号看案件，/today 看今日数字。
notice-help-manager =
    1. 没人接单我会通知您，请安排人接单，或自己按“接单”。
    2. 要换人，按“更多”里的“转派”，只能派给本公司的人。
    3. 要长期施工，按“更多”里的“承诺”；不该我们修，申请“退单”，都由督查定。
    4. 每晚我会把过夜未结的当天案件发给您，各种报告也会发给您。
    5. /mine 看本公司未结案件，/case 加编号看案件，/today 看今日数字。
notice-help-supervisor =
    1. 一直没人接单的，请“代派”，或“准予撤场”。
    2. 危险案件修不完，请定几小时；承诺和退单申请，请答复。
    3. 查验超时，您可以代巡查方查验。
    4. 改时限、转派、退单，都在卡片的“更多”里；督办单由您签发。
    5. /today 看今日数字，/case 加编号看案件，/mine 看全部未结案件。
notice-help-leader =
    1. /today 看今日数字：上报、结案、未结、超期。
    2. /case 加编号，看一个案件的全过程。
    3. 每个比率都写明分子、分母和两位小数。
    4. 比较只到公司和网格，不排个人名次。
    5. 要定时限、退单等事，请找督查。
notice-help-clerk =
    1. 日报备报出前，先给您看草稿，按“修改”可加备注；/today 看今日数字。
    2. /case 加编号，看卡片和全部经过，可核对归档。
    3. 照片发到群里就立案，没有网格的人请点选位置。
    4. 编号 XC-年月日-序号，以照片发出那天为准。
    5. 名单和结对有变动，请交管理员修改。
notice-start-officer = { $name }，您好！您是巡查队员。看到问题，拍照发到巡查群就立案了。发 /help 看用法。
notice-start-repairer = { $name }，您好！您是维修队员。卡片点到您，请按“接单”。发 /help 看用法。
notice-start-standby = { $name }，您好！您是替班。没人接单时我会通知您。发 /help 看用法。
notice-start-manager = { $name }，您好！您是公司经理。要您安排的事和各种报告会发到这里。发 /help 看用法。
notice-start-supervisor = { $name }，您好！您是督查。要您决定的事和各种报告会发到这里。发 /help 看用法。
notice-start-leader = { $name }，您好！您的身份：领导。发 /today 看今日数字，发 /help 看用法。
notice-start-clerk = { $name }，您好！您的身份：信息科。发 /case 加编号可查案件，发 /help 看用法。

## 输入“/”时的命令说明

command-start = 开始使用，让我把您的事发到这里
command-today = 今日数字
command-mine = 我的未结案件
command-case = 查一个案件：/case 编号
command-digests = 我要收哪些报告
command-help = 怎么用

## 各种报告：日碰头、日报备、周分析、月小结

digest-title-meet = 📋 日碰头 { $day }
digest-title-filing = 📋 日报备 { $day }
digest-title-draft = 📝 日报备 { $day }（草稿）
digest-title-week = 📊 周分析 { $since }—{ $day }
digest-title-month = 📊 月小结 { $year }年{ $month }月
digest-title-today = 📋 今日数字 { $day }
digest-draft = 还没报出。要加备注，请按“修改”。
digest-window = { $since } 至 { $until }
digest-since-last = 这段时间上报 { $reported } 件，结案 { $closed } 件
digest-reported = 上报 { $reported } · 立案 { $filed } · 派遣 { $dispatched }
digest-ended = 退单、撤回 { $ended } 件
digest-claimed = 接单 { $count } 件，用时中位数 { $lasting }
digest-claimed-none = 接单 0 件
digest-owed = 应结案 { $owed } 件，已结案 { $closed } 件
digest-closing = 结案率 { $rate }
digest-on-time = 按期结案率 { $rate }
digest-extended = 延期率 { $rate }
digest-reworked = 返工率 { $rate }
digest-open = 未结 { $total } 件：当天 { $tier_A } · 三天 { $tier_B } · 承诺 { $tier_C }
digest-late-ones = 超期 { $overdue } 件 · 过夜 { $overnight } 件
digest-count = { $name } { $n }
digest-list-overdue = 超期 { $count } 件
digest-list-due = 今天到期 { $count } 件
digest-list-overnight = 过夜未结 { $count } 件：{ $numbers }
digest-remark = 📝 备注：{ $remark }（{ $by }）
digest-nowhere = 位置不明
digest-by-grid = 按网格
digest-by-company = 按公司
digest-by-category = 按类别
digest-by-source = 按来源
digest-by-tier = 按时限
digest-row = { $name }：{ $figures }
and-more-rows = ……另有 { $n } 行
row-reported = 上报 { $n }
row-claimed = 接单 { $n }（{ $lasting }）
row-closing = 结案 { $rate }
row-on-time = 按期 { $rate }
row-extended = 延期 { $rate }
row-reworked = 返工 { $rate }
row-open = 未结 { $n }
row-overdue = 超期 { $n }
row-overnight = 过夜 { $n }
source-patrol = 日常巡护
source-company = 公司巡查
source-inspection = 重点督查
source-office = 上级交办
source-citizen = 市民反馈
took-seconds = { $seconds } 秒
took-minutes = { $minutes } 分钟
took-hours = { $hours } 小时{ $minutes ->
    [0] {""}
   *[other] {" "}{ $minutes } 分
}
took-days = { $days } 天{ $hours ->
    [0] {""}
   *[other] {" "}{ $hours } 小时
}
digest-days = { $since }—{ $until }
digest-month = { $year }年{ $month }月
digest-trend-week = 和前四周比（本周高 ↑ 低 ↓，百分点）
digest-trend-month = 和上月、去年同月比（本月高 ↑ 低 ↓，百分点）
digest-past = { $days }：上报 { $reported } · 结案 { $closing } · 按期 { $on_time }
digest-top-defects = 多发问题：{ $list }
digest-top-places = 多发位置：{ $list }
digest-causes = 原因（按各人所写）
cause-rework = 返工 { $count } 次：{ $reasons }
cause-refusal = 退单 { $count } 件：{ $reasons }
cause-promise = 申请承诺 { $count } 次：{ $reasons }
cause-extension = 申请延期 { $count } 次：{ $reasons }
cause-suspension = 申请挂账 { $count } 次：{ $reasons }
cause-others = 其他
cause-unsaid = 没写原因
digest-companies = 公司对比：{ $names }
digest-side = { $name } { $values }
digest-more-companies = ……另有 { $n } 家公司
side-reported = 上报
side-closing = 结案
side-on-time = 按期
side-reworked = 返工
side-extended = 延期
side-overdue = 超期
side-claim = 接单用时
side-mend = 维修用时
side-own = 自查
side-promises = 承诺兑现
digest-slowest = 最慢的
digest-fastest = 最快的
chart-caption = { $has_late ->
    [yes] { $late }
   *[no] {""}
}{ $title } 图
chart-closing = 结案率
chart-on-time = 按期结案率
chart-weeks = 本周和前四周
chart-months = 本月、上月、去年同月
chart-companies = 各公司
chart-counts = 上报{ $reported } 超期{ $overdue }
chart-days = { $since_month }/{ $since_day }—{ $until_month }/{ $until_day }

## 经过

steps-line = 六步：{ $steps }
step-mark = { $done ->
    [yes] ✅
    [now] ▶
   *[no] ▫️
}{ $step }
step-1 = 上报
step-2 = 派遣
step-3 = 分类处置（{ $tier }）
step-4 = 反馈结案
step-5 = 归档
step-6 = 考核
workdays-line = 用时 { $days ->
    [0] 不到 1 个工作日
   *[other] { $days } 个工作日
}
dossier-earlier = { $number } 更早的记录：
history-title = 经过：
history-earlier = ……更早还有 { $n } 条
history-line = { $at } { $actor }：{ $what }
event-case-reported = { $has_cures ->
    [yes] 临时处置结案（{ $cures }），另立根治案
   *[no] { $forwarded ->
        [yes] 转发照片立案
       *[no] 发照片立案
    }
}，{ $category }，{ $tier }，{ $where }，时限 { $deadline }
event-case-claimed = { $has_for_whom ->
    [yes] 代派给{ $for_whom }
   *[no] 接单
}
event-work-begun = 开工
event-sign-placed = 已放警示标志
event-closure-submitted = 报完工，等查验{ $late ->
    [yes] （逾期）
   *[no] {""}
}
event-photos-added = { $away ->
    [yes] 移走照片 { $count } 张
   *[no] 加照片 { $count } 张
}（{ $phase }）
event-key-turned = { $side ->
    [patrol] 巡查方
   *[repair] 维修方
}{ $remote ->
    [yes] 远程查验通过（非现场）
   *[no] 查验通过
}
event-case-closed = { $on_time ->
    [yes] 结案，按期
   *[no] 结案，逾期
}
event-rework-ordered = 返工 { $round }{ $why }
event-today-given-up = 报今天修不完
event-hours-granted = 定时限 { $hours } 小时，到 { $deadline }
event-promise-asked = 申请承诺 { $day } 修好{ $why }
event-promise-agreed = 同意承诺 { $day }
event-promise-declined = 不同意承诺
event-promise-withdrawn = 撤销承诺，时限改为 { $deadline }
event-stage-finished = { $stage }完成{ $late ->
    [yes] （逾期）
   *[no] {""}
}，转{ $next }，时限 { $deadline }
event-extension-asked = 申请延期{ $why }
event-extension-granted = 同意延期（第 { $count } 次），时限由 { $was } 改为 { $deadline }
event-extension-declined = 不同意延期
event-suspension-asked = 申请挂账至 { $day }{ $why }
event-case-suspended = 同意挂账至 { $day }，停表
event-suspension-declined = 不同意挂账
event-case-resumed = 恢复计时，时限 { $deadline }
event-tier-changed = { $was } 改为 { $tier }，时限 { $deadline }
event-deadline-changed = 时限由 { $was } 改为 { $deadline }
event-category-changed = 类别由{ $was }改为{ $category }
event-place-changed = 位置：{ $where }
event-case-moved = 改由{ $repairer }负责
event-words-added = 补充说明：{ $words }
event-case-refused = 退单{ $why }{ $has_duplicate_of ->
    [yes] （与 { $duplicate_of } 重复）
   *[no] {""}
}
event-refusal-asked = 申请退单{ $why }
event-refusal-declined = 不同意退单
event-case-handed-over = 转派给{ $to }
event-case-withdrawn = 撤回{ $why }
event-scene-released = 准予撤场
event-case-joined = 并入主案 { $main }
event-cases-joined = 并案 { $count } 件：{ $cases }
event-case-parted = 取消并案（主案 { $main }）
event-main-ended = 主案 { $main } 已了结，本案单独办理
event-main-reopened = 主案 { $main } 撤销了结，本案随主案办理
event-stopgap-marked = { $off ->
    [yes] 取消“临时处置”
   *[no] 临时处置
}
event-cure-opened = 另立根治案 { $cure }
event-overdue-marked = 逾期（时限 { $deadline }）
event-sign-marked-missing = 未设警示
event-reminded = 时限 { $deadline } 已过，提醒
event-order-drafted = { $rung ->
    [2] 拟好督办单，等督查签发
    [3] 拟报主要负责人，等督查签发
   *[other] 拟提请党组研究，等督查签发
}
event-order-issued = 签发 { $number }（{ $rung ->
    [2] 督办单
    [3] 报主要负责人
   *[other] 提请党组研究
}）
event-order-declined = { $rung ->
    [2] 不签发督办单
    [3] 不报主要负责人
   *[other] 不提请党组研究
}
event-press-undone = 撤销，回到“{ $back_to }”
event-photo-unreadable = 照片打不开
event-photo-sent-anew = 照片已重发

## 计时台账

ledger-title = 计时：
ledger-line = { $at } { $what }{ $photo ->
    [yes] {" "}📷
   *[no] {""}
}
ledger-started = { $clock }计时开始，到 { $until }
ledger-transferred = 转给{ $company }，{ $clock }重新计时，到 { $until }
ledger-changed = { $clock }时限改为 { $until }{ $has_decided ->
    [yes] （{ $decided }）
   *[no] {""}
}
ledger-stopped = { $clock }停表，{ $over ->
    [yes] 已超 { $left }
   *[no] 剩 { $left }
}
ledger-resumed = { $cause ->
    [suspension] 恢复
    [rework] 返工
   *[photo] 照片移走
}，{ $clock }续计，到 { $until }
ledger-ended = { $clock }计时结束
ledger-missed = { $clock }逾期{ $has_until ->
    [yes] （时限 { $until }）
   *[no] {""}
}
ledger-sign-placed = 已放警示标志
ledger-sign-missing = 未设警示标志
ledger-asked-promise = { $asked }申请承诺，到 { $until }{ $why }
ledger-asked-extension = { $asked }申请延期，到 { $until }{ $why }
ledger-asked-suspension = { $asked }申请挂账至 { $day }{ $why }
ledger-asked-hours = { $asked }报今天修不完，请督查定时限
ledger-declined-promise = { $decided }不同意承诺
ledger-declined-extension = { $decided }不同意延期
ledger-declined-suspension = { $decided }不同意挂账
ledger-extended = 延期 { $count }：由 { $was } 到 { $until }，{ $asked }申请{ $why }，{ $decided }同意
ledger-suspended = 挂账至 { $day }，停表，剩 { $left }，{ $asked }申请{ $why }，{ $decided }同意
ledger-promised = 承诺到 { $until }，{ $asked }申请{ $why }，{ $decided }同意
ledger-kept = 承诺兑现
ledger-broken = 承诺没有兑现
ledger-undone = 撤销，{ $has_left ->
    [yes] { $clock }停表，剩 { $left }
   *[no] { $has_until ->
        [yes] { $clock }计时到 { $until }
       *[no] { $clock }不计时
    }
}

## 按下按钮后的提示

toast-claimed = 接单成功，请尽快到场。
toast-passed-waiting = 已查验通过，等另一方。
toast-closed = 双方查验通过，已结案。
toast-rework = 已退回返工。
toast-begun = 已开工。
toast-given-up-today = 记下了。请先放好警示标志，拍照回复案件。
toast-hours-granted = 时限已定，请看卡片。
toast-promise-asked = 已提交，等督查答复。
toast-promise-agreed = 已同意承诺。
toast-promise-declined = 已答复不同意，时限不变。
toast-promise-withdrawn = 承诺已撤销，改按三天时限。
toast-extension-asked = 已提交，等督查答复。
toast-extension-granted = 已同意延期。
toast-extension-declined = 已答复不同意，时限不变。
toast-suspension-asked = 已提交，等督查答复。
toast-suspended = 已同意挂账，停表。
toast-suspension-declined = 已答复不同意，时限不变。
toast-resumed = 已恢复计时，请看卡片。
toast-tier-changed = 时限等级已改，请看卡片。
toast-deadline-changed = 时限已改，请看卡片。
toast-category-changed = 类别已改。
toast-place-changed = 位置已改。
toast-refused = 已退单。
toast-refusal-asked = 退单已申请，等督查决定。
toast-refusal-declined = 已答复不同意退单。
toast-handed-over = 已转派。
toast-claimed-for = 已代派。
toast-withdrawn = 已撤回。
toast-released = 已准予撤场。
toast-hushed = 好的，{ $day ->
    [today] 今早
   *[other] 明早
} { $clock } 前不再催您办这个案件。{ $sign ->
    [yes] 警示标志还会提醒。
   *[no] {""}
}
toast-order-issued = 已签发 { $order }，签发后不能撤销。
toast-order-issued-by = { $by }已签发 { $order }。
toast-order-declined-by = { $by }已决定不签发。
toast-order-declined = 已记下：不签发，这个时限内不再拟。
toast-undone = 已撤销，恢复原样。
toast-filed = 照片已归入 { $number }。
toast-menu-opened = 请在弹出的菜单里选。
toast-menu-empty = 这个案件现在没有您要办的事。
toast-joined = 已并案 { $count } 件，主案 { $number }。
toast-not-joined = 记下了，分别办理。
toast-parted = 已取消并案。
toast-stopgap-marked = 记下了：临时处置，结案后另立根治案。
toast-stopgap-off = 已取消“临时处置”。
toast-split = 已拆开，另立 { $count } 个案件。
toast-moved-photo = 照片已移到 { $number }。
toast-definitions = 口径已发给您。
toast-earlier-told = 更早的记录已发给您。
toast-digest-muted = 以后不发给您了。想再收，发 /digests。
toast-digest-muted-already = 已经不发给您了。想再收，发 /digests。
toast-digest-wanted = 以后照常发给您。
toast-remark-asked = 请看下面这条消息。
toast-remark-asked-already = 请回复前面那条“写下备注”的消息。
toast-filed-already = 已经报出，不能再改了。

## 不能办时的答复

refusal-not-yours = { $has_who ->
    [yes] 只有{ $who }能{ $act }
   *[no] 您不能{ $act }
}
refusal-not-now = 案件是“{ $status }”，现在不能{ $act }
refusal-already-taken = { $by }已经接单了
refusal-already-yours = 已经办好了，不用再按
refusal-key-turned = { $waiting ->
    [patrol] { $by }已查验通过，等巡查方
   *[repair] { $by }已查验通过，等维修方
}
refusal-one-person-two-keys = 一个人不能代表两方查验，请另一方来按
refusal-outdated = 已过时，请看最新的卡片
refusal-case-ended = { $number } { $status }，不用再办了
refusal-no-such-case = 没有这个案件
refusal-not-on-roster = 您不在名单里，请联系督查
refusal-supervisor-only = 危险案件要延长时限，只能由督查定
refusal-date-in-past = 这个日期已经过了，请重选
refusal-date-too-far = 日期太远，最多 { $days } 天
refusal-danger-not-put-off = 当天案件不能延期、挂账。修不完请按“今天修不完”，由督查定时限
refusal-promise-instead = 承诺案件不用延期，可以重新申请承诺日期
refusal-limit-passed = 时限已过，不能再申请。请申请承诺，或找督查改时限
refusal-extensions-used = { $most ->
    [0] 本市不办延期，可以申请承诺，或找督查改时限
   *[other] 已延期 { $most } 次，不能再延。可以申请承诺，或找督查改时限
}
refusal-suspensions-used = { $most ->
    [0] 本市不办挂账，可以申请承诺，或找督查改时限
   *[other] 已挂账 { $most } 次，不能再挂。可以申请承诺，或找督查改时限
}
refusal-clock-stands = 案件已挂账，停着表。要先办，请按“恢复”
refusal-not-suspended = 案件没有挂账，照常计时
refusal-answer-awaited = 已经申请过了，等督查答复
refusal-reason-needed = 请写明原因
refusal-nothing-asked = 没有待答复的申请，可能已经答复过了
refusal-main-case = { $number } 是主案，不能再并入别的案件
refusal-joined-case = 本案已并入 { $main }，请并到那个主案
refusal-wrong-person = { $name }不能接这个案件，请选别人
refusal-undo-over = 已过时，不能撤销了
refusal-undo-not-yours = 只有{ $by }能撤销
refusal-nothing-changed = 本来就是这样，没有改动

## “能做什么”里的词

act-claim = 接单
act-claim-for = 代派
act-begin = 开工
act-place-sign = 报警示标志
act-submit = 报完工
act-add-photo = 加照片
act-pass = 查验
act-rework = 退回返工
act-give-up-today = 报今天修不完
act-grant-hours = 定时限
act-ask-promise = 申请承诺
act-answer-promise = 答复承诺
act-withdraw-promise = 撤销承诺
act-ask-extension = 申请延期
act-answer-extension = 答复延期
act-ask-suspension = 申请挂账
act-answer-suspension = 答复挂账
act-resume = 恢复计时
act-set-tier = 改时限等级
act-set-deadline = 改时限
act-set-category = 改类别
act-set-place = 改位置
act-add-words = 补充说明
act-refuse = 退单
act-ask-refusal = 申请退单
act-decline-refusal = 答复退单
act-hand-over = 转派
act-withdraw = 撤回
act-release-scene = 准予撤场
act-join = 并案
act-lead = 并案
act-part = 取消并案
act-follow = 随主案办理
act-mark-stopgap = 标临时处置
act-mark-overdue = 标逾期
act-mark-sign-missing = 标未设警示
act-remind = 提醒
act-draft-order = 拟督办文书
act-issue-order = 签发督办文书
act-decline-order = 决定不签发
act-undo = 撤销
act-move-photo = 移照片
act-split = 拆开
act-more = 打开菜单
act-file = 归入照片

## 自检

audit-title = 自检发现有处不对，请看一下：
audit-line = · { $what }（{ $names }）
audit-more = 自检已先处理能补救的。请管理员运行 xunchaqun audit 看详情和办法。
audit-due-late = 到点没办的事 { $count } 件
audit-due-missing = 案件缺时限提醒 { $count } 件
audit-due-shifted = 案件提醒时间不对 { $count } 件
audit-due-failed = 到点办理出错 { $count } 件
audit-daily-missing = 每日任务没有排上 { $count } 项
audit-outbox-stuck = 消息该发没发 { $count } 条
audit-outbox-far = 消息的发送时间不对 { $count } 条
audit-outbox-orphan = 消息发到一半没了下文 { $count } 条
audit-outbox-dead = 要人处理的消息发不出去 { $count } 条
audit-card-missing = 案件没有卡片 { $count } 件
audit-card-stale = 卡片没有更新 { $count } 件
audit-card-link = 卡片认不出案件 { $count } 件
audit-card-other = 案件有两张卡片 { $count } 件
audit-sheet-missing = 待查验的案件没有发对比图 { $count } 件
audit-photo-missing = 照片原件丢失 { $count } 张，请相关人员补发
audit-photo-altered = 照片原件被改动 { $count } 张，请相关人员补发
audit-photo-lost = 案件照片张数不符 { $count } 件
audit-photo-link = 回复照片认不出案件 { $count } 张
audit-photo-stuck = 照片迟迟没有取回 { $count } 张
audit-file-stray = 照片目录里有来历不明的文件 { $count } 个
audit-file-part = 照片目录里有没写完的文件 { $count } 个
audit-chain-broken = 案件履历被改动或有缺漏 { $count } 件
audit-status-unlike = 案件状态与履历不符 { $count } 件
audit-case-unlike = 案件内容与履历不符 { $count } 件
audit-ledger-unlike = 时限台账缺行或与案件不符 { $count } 件
audit-row-stray = 记录所指的案件不存在 { $count } 条
audit-counter-low = 编号计数偏小，可能重号 { $count } 项
audit-undo-left = 撤销记录没有作废 { $count } 件
audit-bound-twice = 一人登记了两个账号，或两人同一私聊 { $count } 处
audit-look-failed = 自检没有做完，数据读不出来 { $count } 次
audit-quarantine = 处理失败的消息 { $count } 条，在隔离区等待重办
