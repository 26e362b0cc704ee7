-- Of each product and year: which countries outside does a bloc bring it in from, and for which part?
--
-- flows(year, product, exporter, importer, value) and members(country) as in trade.sql.
-- Parameter: least, the smallest part (0-1) of what comes from stated countries outside that is told.
-- Gives a row for each year, product and exporter outside whose part is at least that, the largest first; equal parts
--   stand in the order of the exporter's word, which says nothing.
--   value: what the members import from it.  outside: what they import from all stated countries outside.
with named as (
    select
        year,
        product,
        coalesce(cast(exporter as varchar), '') as exporter,
        coalesce(cast(importer as varchar), '') as importer,
        cast(value as double) as value
    from flows
),
bought as (
    select
        f.year,
        f.product,
        f.exporter,
        sum(f.value) as value
    from named as f
    join members as i on i.country = f.importer
    left join members as e on e.country = f.exporter
    where f.exporter <> '' and f.exporter <> f.importer and e.country is null
    group by f.year, f.product, f.exporter
),
summed as (
    select year, product, sum(value) as outside
    from bought
    group by year, product
)
select
    b.year,
    b.product,
    b.exporter,
    b.value,
    s.outside
from bought as b
join summed as s on s.year = b.year and s.product = b.product
where s.outside > 0.0 and b.value > 0.0 and b.value >= $least * s.outside
order by b.year, b.product, b.value desc, b.exporter
