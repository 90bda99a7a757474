"""Standard Safeguarding Dataset tables: person."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

PERSON = Table(
    name="person",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="person",
    key=("child_id",),
    about="child_id",
    match=("child_id",),
    ssd="ssd_person",
    columns=(
        Column("child_id", Type.TEXT, "TODO", ssd="pers_person_id", ssd_ref="PERS001A", required=True),
        Column("forename", Type.TEXT, "TODO", ssd="pers_forename", ssd_ref="PERS015A", identifying=True),
        Column("surname", Type.TEXT, "TODO", ssd="pers_surname", ssd_ref="PERS016A", identifying=True),
        Column("sex", Type.TEXT, "TODO", ssd="pers_sex", ssd_ref="PERS002A"),
        Column("gender", Type.TEXT, "TODO", ssd="pers_gender", ssd_ref="PERS003A"),
        Column("ethnicity", Type.TEXT, "TODO", ssd="pers_ethnicity", ssd_ref="PERS004A"),
        Column("birth_on", Type.DATE, "TODO", ssd="pers_dob", ssd_ref="PERS005A", identifying=True),
        Column(
            "common_child_id",
            Type.TEXT,
            "TODO",
            ssd="pers_common_child_id",
            ssd_ref="PERS013A",
            identifying=True,
        ),
        Column("legacy_id", Type.TEXT, "TODO", ssd="pers_legacy_id", ssd_ref="PERS014A", identifying=True),
        Column("upn_unknown", Type.TEXT, "TODO", ssd="pers_upn_unknown", ssd_ref="PERS007A"),
        Column("send_flag", Type.FLAG, "TODO", ssd="pers_send_flag", ssd_ref="PERS008A"),
        Column(
            "expected_birth_on",
            Type.DATE,
            "TODO",
            ssd="pers_expected_dob",
            ssd_ref="PERS009A",
            identifying=True,
        ),
        Column("died_on", Type.DATE, "TODO", ssd="pers_death_date", ssd_ref="PERS010A"),
        Column("is_mother", Type.FLAG, "TODO", ssd="pers_is_mother", ssd_ref="PERS011A"),
        Column("nationality", Type.TEXT, "TODO", ssd="pers_nationality", ssd_ref="PERS012A"),
    ),
)

FAMILY = Table(
    name="family",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="person",
    key=("family_id", "child_id"),
    about="child_id",
    match=(),
    ssd="ssd_family",
    columns=(
        Column("family_row_id", Type.TEXT, "TODO", ssd="fami_table_id", ssd_ref="FAMI003A"),
        Column("family_id", Type.TEXT, "TODO", ssd="fami_family_id", ssd_ref="FAMI001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="fami_person_id", ssd_ref="FAMI002A", required=True),
    ),
)

ADDRESS = Table(
    name="address",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="person",
    key=("address_id",),
    about="child_id",
    match=(),
    ssd="ssd_address",
    columns=(
        Column("address_id", Type.TEXT, "TODO", ssd="addr_table_id", ssd_ref="ADDR007A", required=True),
        Column("json", Type.TEXT, "TODO", ssd="addr_address_json", ssd_ref="ADDR001A", identifying=True),
        Column("child_id", Type.TEXT, "TODO", ssd="addr_person_id", ssd_ref="ADDR002A", required=True),
        Column("type", Type.TEXT, "TODO", ssd="addr_address_type", ssd_ref="ADDR003A"),
        Column(
            "from_on", Type.DATE, "TODO", ssd="addr_address_start_date", ssd_ref="ADDR004A", required=True
        ),
        Column("to_on", Type.DATE, "TODO", ssd="addr_address_end_date", ssd_ref="ADDR005A"),
        Column(
            "postcode", Type.TEXT, "TODO", ssd="addr_address_postcode", ssd_ref="ADDR006A", identifying=True
        ),
    ),
)

DISABILITY = Table(
    name="disability",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="person",
    key=("child_id", "disability_code"),
    about="child_id",
    match=("child_id", "disability_code"),
    ssd="ssd_disability",
    columns=(
        Column("child_id", Type.TEXT, "TODO", ssd="disa_person_id", ssd_ref="DISA001A", required=True),
        Column("disability_id", Type.TEXT, "TODO", ssd="disa_table_id", ssd_ref="DISA003A"),
        Column(
            "disability_code",
            Type.TEXT,
            "TODO",
            ssd="disa_disability_code",
            ssd_ref="DISA002A",
            required=True,
        ),
    ),
)

IMMIGRATION_STATUS = Table(
    name="immigration_status",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="person",
    key=("immigration_status_id",),
    about="child_id",
    match=(),
    ssd="ssd_immigration_status",
    columns=(
        Column("child_id", Type.TEXT, "TODO", ssd="immi_person_id", ssd_ref="IMMI001A", required=True),
        Column(
            "immigration_status_id",
            Type.TEXT,
            "TODO",
            ssd="immi_immigration_status_id",
            ssd_ref="IMMI005A",
            required=True,
        ),
        Column("immigration_status", Type.TEXT, "TODO", ssd="immi_immigration_status", ssd_ref="IMMI002A"),
        Column(
            "from_on",
            Type.DATE,
            "TODO",
            ssd="immi_immigration_status_start_date",
            ssd_ref="IMMI003A",
            required=True,
        ),
        Column("to_on", Type.DATE, "TODO", ssd="immi_immigration_status_end_date", ssd_ref="IMMI004A"),
    ),
)

MOTHER = Table(
    name="mother",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="person",
    key=("mother_row_id",),
    about="child_id",
    match=(),
    ssd="ssd_mother",
    columns=(
        Column("mother_row_id", Type.TEXT, "TODO", ssd="moth_table_id", ssd_ref="MOTH004A", required=True),
        Column("mother_id", Type.TEXT, "TODO", ssd="moth_person_id", ssd_ref="MOTH002A"),
        Column("child_id", Type.TEXT, "TODO", ssd="moth_childs_person_id", ssd_ref="MOTH001A", required=True),
        Column("birth_on", Type.DATE, "TODO", ssd="moth_childs_dob", ssd_ref="MOTH003A", identifying=True),
    ),
)

LEGAL_STATUS = Table(
    name="legal_status",
    title="TODO",
    says="TODO",
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
            "TODO",
            ssd="lega_legal_status_id",
            ssd_ref="LEGA001A",
            required=True,
        ),
        Column("child_id", Type.TEXT, "TODO", ssd="lega_person_id", ssd_ref="LEGA002A", required=True),
        Column("legal_status", Type.TEXT, "TODO", ssd="lega_legal_status", ssd_ref="LEGA003A"),
        Column(
            "from_on",
            Type.DATE,
            "TODO",
            ssd="lega_legal_status_start_date",
            ssd_ref="LEGA004A",
            required=True,
        ),
        Column("to_on", Type.DATE, "TODO", ssd="lega_legal_status_end_date", ssd_ref="LEGA005A"),
    ),
)

LINKED_IDENTIFIERS = Table(
    name="linked_identifiers",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="person",
    key=("linked_identifier_id",),
    about="child_id",
    match=(),
    ssd="ssd_linked_identifiers",
    columns=(
        Column(
            "linked_identifier_id", Type.TEXT, "TODO", ssd="link_table_id", ssd_ref="LINK001A", required=True
        ),
        Column("child_id", Type.TEXT, "TODO", ssd="link_person_id", ssd_ref="LINK002A", required=True),
        Column("identifier_type", Type.TEXT, "TODO", ssd="link_identifier_type", ssd_ref="LINK003A"),
        Column(
            "identifier_value",
            Type.TEXT,
            "TODO",
            ssd="link_identifier_value",
            ssd_ref="LINK004A",
            identifying=True,
        ),
        Column("from_on", Type.DATE, "TODO", ssd="link_valid_from_date", ssd_ref="LINK005A", required=True),
        Column("to_on", Type.DATE, "TODO", ssd="link_valid_to_date", ssd_ref="LINK006A"),
    ),
)

VOICE_OF_CHILD = Table(
    name="voice_of_child",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="person",
    key=("voice_of_child_id",),
    about="child_id",
    match=(),
    ssd="ssd_voice_of_child",
    columns=(
        Column(
            "voice_of_child_id", Type.TEXT, "TODO", ssd="voch_table_id", ssd_ref="VOCH007A", required=True
        ),
        Column("child_id", Type.TEXT, "TODO", ssd="voch_person_id", ssd_ref="VOCH001A", required=True),
        Column("explained_worries", Type.FLAG, "TODO", ssd="voch_explained_worries", ssd_ref="VOCH002A"),
        Column(
            "story_help_understand", Type.FLAG, "TODO", ssd="voch_story_help_understand", ssd_ref="VOCH003A"
        ),
        Column("agree_worker", Type.FLAG, "TODO", ssd="voch_agree_worker", ssd_ref="VOCH004A"),
        Column("plan_safe", Type.FLAG, "TODO", ssd="voch_plan_safe", ssd_ref="VOCH005A"),
        Column("tablet_help_explain", Type.FLAG, "TODO", ssd="voch_tablet_help_explain", ssd_ref="VOCH006A"),
    ),
)

TABLES = (
    PERSON,
    FAMILY,
    ADDRESS,
    DISABILITY,
    IMMIGRATION_STATUS,
    MOTHER,
    LEGAL_STATUS,
    LINKED_IDENTIFIERS,
    VOICE_OF_CHILD,
)
