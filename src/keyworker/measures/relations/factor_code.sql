-- The codes of the factors that an assessment may find, each between quotation marks as it stands in a list.
select code, concat('"', code, '"') as quoted from (
    select '1A' as code union all select '1B' union all select '1C'
    union all select '2A' union all select '2B' union all select '2C'
    union all select '3A' union all select '3B' union all select '3C'
    union all select '4A' union all select '4B' union all select '4C'
    union all select '5A' union all select '5B' union all select '5C'
    union all select '6A' union all select '6B' union all select '6C'
    union all select '7A'
    union all select '8B' union all select '8C' union all select '8D' union all select '8E' union all select '8F'
    union all select '9A' union all select '10A' union all select '11A' union all select '12A' union all select '13A'
    union all select '14A' union all select '15A' union all select '16A' union all select '17A'
    union all select '18A' union all select '18B' union all select '18C'
    union all select '19A' union all select '19B' union all select '19C'
    union all select '20' union all select '21' union all select '22A' union all select '23A' union all select '24A'
) codes
