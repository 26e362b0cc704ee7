-- Can the flows be used: how many are there, and how many have no year or product, or a value that is no amount?
--
-- flows(year, product, exporter, importer, value). A value at or above 1e300 is taken as infinite or no number.
-- Gives one row: many, no_year, no_product, no_amount.
select
    count(*) as many,
    coalesce(sum(case when year is null then 1 else 0 end), 0) as no_year,
    coalesce(sum(case when coalesce(cast(product as varchar), '') = '' then 1 else 0 end), 0) as no_product,
    coalesce(sum(case when value is null or value < 0.0 or value >= 1e300 then 1 else 0 end), 0) as no_amount
from flows
