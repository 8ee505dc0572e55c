-- Words for obligations and for the checks that read them.

-- 2025年3月.
create or replace temp macro month_text(day) as concat(year(day), '年', month(day), '月');

-- What a dated column says happened, in the words of its header: 结束日期 is 结束于.
create or replace temp macro happened(header) as concat(regexp_replace(header, '日期$', ''), '于');

-- A length of time in words: 10个工作日.
create or replace temp macro length_text(length, unit) as concat(length, case unit when 'workdays' then '个工作日' when 'months' then '个月' else '日' end);

-- How a last day follows from its start: 结束于2025-04-28，次日起10个工作日，至2025-05-13. ends_on is the day before it was moved over rest days.
create or replace temp macro due_text(event, start_on, length, unit, due_source, ends_on, due_on, due_state) as concat(event, start_on, case
  when length is null then '，文件未写明具体时限'
  else concat(case when due_source = '解释' then '，文件未写明具体时限，按本单位的解释' else '，' end, '次日起', length_text(length, unit),
    case when due_state = '未公布' then '，其间有放假安排尚未公布的日子，日期不能确定'
      when ends_on <> due_on then concat('，至', ends_on, '，该日休息，顺延至', due_on)
      else concat('，至', due_on) end)
  end);

-- How the date of a finding follows, given as finding_state says.
create or replace temp macro given_text(found_on, given, former_on, due_on) as concat('发现于', found_on, case given
  when '指定' then concat('，指定的整改期限是', due_on)
  when '立即' then '，应立即整改，以发现当日为期限'
  when '延期' then concat('，原定整改期限', former_on, '，经批准延期至', due_on)
  when '制度' then concat('，没有指定期限，按文件的时限至', due_on)
  when '未公布' then '，没有指定期限；按文件的时限要数到放假安排尚未公布的日子，日期不能确定'
  else '，文件没有规定、问题也没有指定整改期限' end);

-- What was due and was not done in time, in a sentence: 河西镇（X25-11）的巡查报告应不晚于2025-06-27完成（结束于…），实际2025-07-23完成，迟26日.
create or replace temp macro late_text(what, verb, due_on, follows, done_on) as concat(what, '应不晚于', due_on, verb, '（', follows, '），', case
  when done_on is null then concat('至', getvariable('as_of'), '尚未', verb, '，已逾期', getvariable('as_of') - due_on, '日')
  else concat('实际', done_on, verb, '，迟', done_on - due_on, '日') end);
