-- Of each product and year: how much does a bloc bring in from outside, from whom, and what does it and the world sell?
--
-- flows(year, product, exporter, importer, value): value in one unit, 0 or more; exporter or importer NULL or '' where
--   the source does not say. What a country sells to itself is left out.  members(country): the bloc, or one country.
-- Gives a row for each year and product, by year, then product; more rows, alike but for `top`, where exporters tie:
--   outside, inside, unstated: value that the members import from stated countries outside, from each other, and from
--     nobody knows where.  exports_out, exports: what members sell outside (or nobody knows where), and in all.
--   outside_squares: sum over exporters of what the members import from each, squared.  top: the exporter outside that
--     they import most from, top_value how much; NULL where nothing comes in.
--   world, world_unstated, world_squares: value that stated exporters sell, that unstated ones do, and the squares.
with named as (
    select
        year,
        product,
        coalesce(cast(exporter as varchar), '') as exporter,
        coalesce(cast(importer as varchar), '') as importer,
        cast(value as double) as value
    from flows
),
placed as (
    select
        f.year,
        f.product,
        case when f.exporter = '' then null else f.exporter end as exporter,
        f.value,
        case when e.country is null then 0 else 1 end as from_inside,
        case when i.country is null then 0 else 1 end as to_inside
    from named as f
    left join members as e on e.country = f.exporter
    left join members as i on i.country = f.importer
    where f.exporter = '' or f.exporter <> f.importer
),
sold as (
    select
        year,
        product,
        exporter,
        sum(value) as value,
        sum(case when to_inside = 1 and from_inside = 0 then value else 0.0 end) as outside,
        sum(case when to_inside = 1 and from_inside = 1 then value else 0.0 end) as inside,
        sum(case when to_inside = 0 and from_inside = 1 then value else 0.0 end) as exports_out
    from placed
    group by year, product, exporter
),
summed as (
    select
        year,
        product,
        sum(case when exporter is null then 0.0 else outside end) as outside,
        sum(inside) as inside,
        sum(case when exporter is null then outside else 0.0 end) as unstated,
        sum(exports_out) as exports_out,
        sum(exports_out + inside) as exports,
        sum(case when exporter is null then 0.0 else outside * outside end) as outside_squares,
        max(case when exporter is null then 0.0 else outside end) as top_value,
        sum(case when exporter is null then 0.0 else value end) as world,
        sum(case when exporter is null then value else 0.0 end) as world_unstated,
        sum(case when exporter is null then 0.0 else value * value end) as world_squares
    from sold
    group by year, product
)
select
    s.year,
    s.product,
    s.outside,
    s.inside,
    s.unstated,
    s.exports_out,
    s.exports,
    s.outside_squares,
    s.world,
    s.world_unstated,
    s.world_squares,
    t.exporter as top,
    s.top_value
from summed as s
left join sold as t
    on t.year = s.year and t.product = s.product and t.exporter is not null
    and t.outside = s.top_value and s.top_value > 0.0
order by s.year, s.product, t.exporter
