-- How long an episode of need that began on a day had gone on, in the bands of time of the published tables.
select day, band, from_on, to_on
from {bands 'under 3 months' past 3 months '3 to 6 months' past 6 months '6 to 12 months' past 12 months
    '1 to 2 years' past 24 months '2 years or more'} b
