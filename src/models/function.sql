-- Functions that expressions of a scheme are given in place of the engine's own: least and greatest of something unknown are
-- unknown, so that a missing value never costs points. The guard lets through two to four arguments.
create or replace temp macro least_known
  (a, b) as case when a is not null and b is not null then least(a, b) end,
  (a, b, c) as case when a is not null and b is not null and c is not null then least(a, b, c) end,
  (a, b, c, d) as case when a is not null and b is not null and c is not null and d is not null then least(a, b, c, d) end;
create or replace temp macro greatest_known
  (a, b) as case when a is not null and b is not null then greatest(a, b) end,
  (a, b, c) as case when a is not null and b is not null and c is not null then greatest(a, b, c) end,
  (a, b, c, d) as case when a is not null and b is not null and c is not null and d is not null then greatest(a, b, c, d) end;

-- Milli-points as points for sentences: two places, or three where a thousandth is left.
create or replace temp macro points_text(milli) as concat(case when milli < 0 then '-' else '' end,
  case when abs(milli) % 10 = 0 then printf('%d.%02d', (abs(milli) // 1000)::bigint, ((abs(milli) % 1000) // 10)::bigint)
    else printf('%d.%03d', (abs(milli) // 1000)::bigint, (abs(milli) % 1000)::bigint) end);

-- A quotient of whole numbers for sentences: exact where it is whole, else rounded to four places, without trailing zeros.
create or replace temp macro quotient_text(num, den) as case
  when coalesce(den, 0) = 0 then '无'
  when num % den = 0 then cast((num // den) as varchar)
  else concat(case when num < 0 then '-' else '' end,
    rtrim(regexp_replace(lpad(cast(((20000 * abs(num)::hugeint + den) // (2 * den)) as varchar), 5, '0'), '(\d{4})$', '.\1'), '0')) end;
