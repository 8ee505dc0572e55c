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
