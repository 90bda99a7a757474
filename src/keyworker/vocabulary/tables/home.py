"""Where a child belongs: family, address, mother, immigration and legal status, private fostering."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

FAMILY = Table(
    name="family",
    title="Family membership",
    says=(
        "Which children belong to which family. Family groups differ between case systems: a household, a sibling "
        "group or everybody ever linked."
    ),
    kind=Kind.STATE,
    topic="person",
    key=("family_id", "child_id"),
    about="child_id",
    match=(),
    ssd="ssd_family",
    columns=(
        Column(
            "family_row_id",
            Type.TEXT,
            "The row's own number in the extract. It may change from one extract to the next.",
            ssd="fami_table_id",
            ssd_ref="FAMI003A",
        ),
        Column(
            "family_id",
            Type.TEXT,
            "The family group as the case system numbers it.",
            ssd="fami_family_id",
            ssd_ref="FAMI001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child who belongs to the family.",
            ssd="fami_person_id",
            ssd_ref="FAMI002A",
            required=True,
            refers="person.child_id",
        ),
    ),
)

ADDRESS = Table(
    name="address",
    title="Address",
    says=(
        "Where a child lived, from when until when. A confidential address may be here too: nothing in this table "
        "leaves by any door without a reason."
    ),
    kind=Kind.PERIOD,
    topic="person",
    key=("address_id",),
    about="child_id",
    match=(),
    ssd="ssd_address",
    columns=(
        Column(
            "address_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="addr_table_id",
            ssd_ref="ADDR007A",
            required=True,
        ),
        Column(
            "json",
            Type.TEXT,
            "The whole address as the source writes it, in one text.",
            ssd="addr_address_json",
            ssd_ref="ADDR001A",
            identifying=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child who lived there.",
            ssd="addr_person_id",
            ssd_ref="ADDR002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "type",
            Type.TEXT,
            "What kind of address, such as home or placement, in the case system's own words.",
            ssd="addr_address_type",
            ssd_ref="ADDR003A",
        ),
        Column(
            "from_on",
            Type.DATE,
            "The first day at the address. Case systems often give the day of typing instead.",
            ssd="addr_address_start_date",
            ssd_ref="ADDR004A",
            required=True,
        ),
        Column(
            "to_on",
            Type.DATE,
            "The day after the last day at the address; empty while it is current. Old addresses are often left open.",
            ssd="addr_address_end_date",
            ssd_ref="ADDR005A",
        ),
        Column(
            "postcode",
            Type.TEXT,
            "The postcode, written with or without its space.",
            ssd="addr_address_postcode",
            ssd_ref="ADDR006A",
            identifying=True,
        ),
    ),
)

MOTHER = Table(
    name="mother",
    title="Mother and child",
    says="A young person who is known to the service and is a mother, with one of her children.",
    kind=Kind.STATE,
    topic="person",
    key=("mother_row_id",),
    about="child_id",
    match=(),
    ssd="ssd_mother",
    columns=(
        Column(
            "mother_row_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="moth_table_id",
            ssd_ref="MOTH004A",
            required=True,
        ),
        Column(
            "mother_id", Type.TEXT, "The mother.", ssd="moth_person_id", ssd_ref="MOTH002A", refers="person.child_id"
        ),
        Column(
            "child_id",
            Type.TEXT,
            "Her child. A child who never had a record of their own still has an identifier here.",
            ssd="moth_childs_person_id",
            ssd_ref="MOTH001A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "birth_on",
            Type.DATE,
            "The date of birth of her child.",
            ssd="moth_childs_dob",
            ssd_ref="MOTH003A",
            identifying=True,
        ),
    ),
)

IMMIGRATION_STATUS = Table(
    name="immigration_status",
    title="Immigration status",
    says="A child's immigration status over time, kept by the child's social worker.",
    kind=Kind.PERIOD,
    topic="person",
    key=("immigration_status_id",),
    about="child_id",
    match=(),
    ssd="ssd_immigration_status",
    columns=(
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="immi_person_id",
            ssd_ref="IMMI001A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "immigration_status_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="immi_immigration_status_id",
            ssd_ref="IMMI005A",
            required=True,
        ),
        Column(
            "immigration_status",
            Type.TEXT,
            "The status in the case system's words, such as unaccompanied child seeking asylum.",
            ssd="immi_immigration_status",
            ssd_ref="IMMI002A",
        ),
        Column(
            "from_on",
            Type.DATE,
            "The first day of the status.",
            ssd="immi_immigration_status_start_date",
            ssd_ref="IMMI003A",
            required=True,
        ),
        Column(
            "to_on",
            Type.DATE,
            "The day after the last day of the status; empty while it holds. A new status does not always end the "
            "one before.",
            ssd="immi_immigration_status_end_date",
            ssd_ref="IMMI004A",
        ),
    ),
)

LEGAL_STATUS = Table(
    name="legal_status",
    title="Legal status",
    says="The legal ground on which a child is looked after, or another order that matters, from when until when.",
    kind=Kind.PERIOD,
    topic="person",
    key=("legal_status_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_legal_status",
    columns=(
        Column(
            "legal_status_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="lega_legal_status_id",
            ssd_ref="LEGA001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="lega_person_id",
            ssd_ref="LEGA002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "legal_status",
            Type.TEXT,
            "The legal status, as the code of the looked after return or in local words. Orders that do not make a"
            " child looked after are here too.",
            ssd="lega_legal_status",
            ssd_ref="LEGA003A",
            codes="legal_status",
        ),
        Column(
            "from_on",
            Type.DATE,
            "The first day of the status, from the order or agreement.",
            ssd="lega_legal_status_start_date",
            ssd_ref="LEGA004A",
            required=True,
        ),
        Column(
            "to_on",
            Type.DATE,
            "The day after the last day of the status; empty while it holds.",
            ssd="lega_legal_status_end_date",
            ssd_ref="LEGA005A",
        ),
    ),
)

PRIVATE_FOSTERING = Table(
    name="private_fostering",
    title="Private fostering",
    says=(
        "A child lives for 28 days or more with somebody who is no close relative, by private arrangement. Councils "
        "learn of few of them, and often late."
    ),
    kind=Kind.PERIOD,
    topic="person",
    key=("arrangement_id",),
    about="child_id",
    match=("child_id", "from_on"),
    columns=(
        Column("arrangement_id", Type.TEXT, "The arrangement's number in the case system.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("notified_on", Type.DATE, "The day on which the council was told or became aware."),
        Column("from_on", Type.DATE, "The first day of the arrangement.", required=True),
        Column("to_on", Type.DATE, "The day after its last day; empty while it goes on."),
    ),
)

TABLES = (
    FAMILY,
    ADDRESS,
    MOTHER,
    IMMIGRATION_STATUS,
    LEGAL_STATUS,
    PRIVATE_FOSTERING,
)
