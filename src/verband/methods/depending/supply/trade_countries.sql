-- Which countries do the flows name?
--
-- flows(year, product, exporter, importer, value). Gives a row for each word that is an exporter or an importer.
select coalesce(cast(exporter as varchar), '') as country
from flows
group by coalesce(cast(exporter as varchar), '')
union
select coalesce(cast(importer as varchar), '') as country
from flows
group by coalesce(cast(importer as varchar), '')
