-- Which reports are linked, and how strongly, before anybody is grouped?
--
-- carries(report, value, block, bans): what each report states; bans of sharing that value; block below 62.
-- reports(report, bucket, middle, width, log_density, stated): bucket = middle // window, or 0 for all where time is
--   no bound; times in days, NULL where they say nothing; stated: bit mask of the blocks that the report states.
-- steps(step): buckets beside a report's own in which others are looked for: -1, 0 and 1, or 0 alone.
-- lost(block, bans), lost_together(stated, bans): what stating different values costs, for a block and for a mask.
-- documents(report, document): documents that stand behind more than one report.  spans(days): durations looked for.
-- $most: a value that occurs more often than this in a report's bucket joins nobody there.  $window: days between two
--   reports at most.  $least: bans of the features at least (0 or more).  $same_source: share of its bans that a link
--   on one document keeps.  $tau: 2 pi.  $ln10.  $floor: the least that nearness in time may count for.
-- Gives a < b, bans of the features, near (bans of nearness in time); by a, then b.
with placed as (
    select c.report, c.value, c.block, c.bans, r.bucket, r.middle
    from carries as c
    join reports as r on r.report = c.report
    where c.bans > 0
),
often as (
    select value, bucket
    from placed
    group by value, bucket
    having count(*) > $most
),
admitted as (
    select p.report, p.value, p.block, p.bans, p.bucket, p.middle
    from placed as p
    left join often as o on o.value = p.value and o.bucket = p.bucket
    where o.value is null
),
reaching as (
    select p.report, p.value, p.block, p.bans, p.bucket + s.step as bucket, p.middle
    from admitted as p
    cross join steps as s
),
best as (
    select x.report as a, y.report as b, x.block, max(x.bans) as bans
    from reaching as x
    join admitted as y on y.value = x.value and y.bucket = x.bucket and x.report < y.report
    where coalesce(abs(x.middle - y.middle), 0.0) <= $window
    group by x.report, y.report, x.block
),
alike as (
    select t.a, t.b, sum(t.bans - l.bans) as bans
    from best as t
    join lost as l on l.block = t.block
    group by t.a, t.b
    having sum(t.bans - l.bans) >= $least
),
same as (
    select distinct k.a, k.b
    from alike as k
    join documents as x on x.report = k.a
    join documents as y on y.report = k.b and y.document = x.document
),
weighed as (
    select
        k.a,
        k.b,
        (k.bans + g.bans) * case when same.a is null then 1.0 else $same_source end as bans,
        x.middle - y.middle as apart,
        (x.width * x.width + y.width * y.width) / 12.0 as wide,
        exp((x.log_density + y.log_density) / 2.0) as density
    from alike as k
    join reports as x on x.report = k.a
    join reports as y on y.report = k.b
    join lost_together as g on g.stated = (x.stated & y.stated)
    left join same on same.a = k.a and same.b = k.b
),
kept as (
    select a, b, bans, apart, wide, density
    from weighed
    where bans >= $least
)
select
    k.a,
    k.b,
    max(k.bans) as bans,
    case
        when max(k.apart) is null or max(k.density) is null then 0.0
        else ln(greatest(
            avg(
                exp(-(k.apart * k.apart) / (2.0 * (2.0 * s.days * s.days + k.wide)))
                / sqrt($tau * (2.0 * s.days * s.days + k.wide))
            ) / max(k.density),
            $floor
        )) / $ln10
    end as near
from kept as k
cross join spans as s
group by k.a, k.b
order by k.a, k.b
