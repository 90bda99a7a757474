"""Who a child is: the child, disability, other numbers, and what the child says."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

PERSON = Table(
    name="person",
    title="Child",
    says=(
        "One child, or one adult who is known as a parent, as the case system names them now. A child who was "
        "adopted has a second record that nothing may join to the first."
    ),
    kind=Kind.STATE,
    topic="person",
    key=("child_id",),
    about="child_id",
    match=("child_id",),
    ssd="ssd_person",
    columns=(
        Column(
            "child_id",
            Type.TEXT,
            "The identifier that the case system gives a child. It should never be used again for another child; "
            "an adopted child gets a new one.",
            ssd="pers_person_id",
            ssd_ref="PERS001A",
            required=True,
        ),
        Column(
            "forename",
            Type.TEXT,
            "First name as last written in the case system. It says nothing about what the child was called before.",
            ssd="pers_forename",
            ssd_ref="PERS015A",
            identifying=True,
        ),
        Column(
            "surname",
            Type.TEXT,
            "Family name as last written in the case system. It says nothing about what the child was called before.",
            ssd="pers_surname",
            ssd_ref="PERS016A",
            identifying=True,
        ),
        Column(
            "sex",
            Type.TEXT,
            "Sex as registered at birth or on a gender recognition certificate; unknown for an unborn child.",
            ssd="pers_sex",
            ssd_ref="PERS002A",
            codes="sex",
        ),
        Column(
            "gender",
            Type.TEXT,
            "How the person describes themselves, where somebody has asked. Many case systems copy sex into it.",
            ssd="pers_gender",
            ssd_ref="PERS003A",
            codes="gender",
        ),
        Column(
            "ethnicity",
            Type.TEXT,
            'Ethnic background as told by the child or their family. "Not yet obtained" means that nobody has '
            "asked, and it often stays so for years.",
            ssd="pers_ethnicity",
            ssd_ref="PERS004A",
            codes="ethnicity",
        ),
        Column(
            "birth_on",
            Type.DATE,
            "Date of birth, empty for an unborn child. The fifteenth of a month often stands for a day that nobody"
            " knew.",
            ssd="pers_dob",
            ssd_ref="PERS005A",
            identifying=True,
        ),
        Column(
            "common_child_id",
            Type.TEXT,
            "NHS number, where the council holds it. Nobody types it in for every child, so a blank says nothing.",
            ssd="pers_common_child_id",
            ssd_ref="PERS013A",
            identifying=True,
        ),
        Column(
            "legacy_id",
            Type.TEXT,
            "The child's identifier in the case system that the council used before.",
            ssd="pers_legacy_id",
            ssd_ref="PERS014A",
            identifying=True,
        ),
        Column(
            "upn_unknown",
            Type.TEXT,
            "Why the unique pupil number is missing.",
            ssd="pers_upn_unknown",
            ssd_ref="PERS007A",
            codes="upn_unknown",
        ),
        Column(
            "send_flag",
            Type.FLAG,
            "Whether the child has an education, health and care plan that the case system knows of. Plans are "
            'usually kept elsewhere, so "no" is often "not known here".',
            ssd="pers_send_flag",
            ssd_ref="PERS008A",
        ),
        Column(
            "expected_birth_on",
            Type.DATE,
            "Due date of an unborn child. It should be emptied when the birth is recorded, and often is not.",
            ssd="pers_expected_dob",
            ssd_ref="PERS009A",
            identifying=True,
        ),
        Column(
            "died_on",
            Type.DATE,
            "Day of death. A case system may learn it weeks later.",
            ssd="pers_death_date",
            ssd_ref="PERS010A",
        ),
        Column(
            "is_mother",
            Type.FLAG,
            "Whether this young person has a child of their own, worked out from recorded relationships; missing "
            "relationships make it wrong.",
            ssd="pers_is_mother",
            ssd_ref="PERS011A",
        ),
        Column(
            "nationality",
            Type.TEXT,
            "Country of nationality, recorded mostly for unaccompanied children who seek asylum.",
            ssd="pers_nationality",
            ssd_ref="PERS012A",
        ),
    ),
)

DISABILITY = Table(
    name="disability",
    title="Disability",
    says=(
        "One disability of one child, as recorded in social care. No row at all may mean no disability or that "
        "nobody asked."
    ),
    kind=Kind.STATE,
    topic="person",
    key=("child_id", "disability_code"),
    about="child_id",
    match=("child_id", "disability_code"),
    ssd="ssd_disability",
    columns=(
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="disa_person_id",
            ssd_ref="DISA001A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "disability_id", Type.TEXT, "The row's own number in the extract.", ssd="disa_table_id", ssd_ref="DISA003A"
        ),
        Column(
            "disability_code",
            Type.TEXT,
            "The kind of disability; NONE says that there is none.",
            ssd="disa_disability_code",
            ssd_ref="DISA002A",
            required=True,
            codes="disability",
        ),
    ),
)

LINKED_IDENTIFIERS = Table(
    name="linked_identifiers",
    title="Linked identifier",
    says=(
        "Another number by which a child is known, such as a unique pupil number, from when until when. It is what"
        " joins sources; a name never does."
    ),
    kind=Kind.PERIOD,
    topic="person",
    key=("linked_identifier_id",),
    about="child_id",
    match=(),
    ssd="ssd_linked_identifiers",
    columns=(
        Column(
            "linked_identifier_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="link_table_id",
            ssd_ref="LINK001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="link_person_id",
            ssd_ref="LINK002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "identifier_type",
            Type.TEXT,
            "What kind of number, such as unique pupil number, NHS number or Home Office number.",
            ssd="link_identifier_type",
            ssd_ref="LINK003A",
        ),
        Column(
            "identifier_value",
            Type.TEXT,
            "The number itself.",
            ssd="link_identifier_value",
            ssd_ref="LINK004A",
            identifying=True,
        ),
        Column(
            "from_on",
            Type.DATE,
            "The first day on which the number was the child's.",
            ssd="link_valid_from_date",
            ssd_ref="LINK005A",
            required=True,
        ),
        Column(
            "to_on",
            Type.DATE,
            "The day after the last day on which it was; empty while it is.",
            ssd="link_valid_to_date",
            ssd_ref="LINK006A",
        ),
    ),
)

VOICE_OF_CHILD = Table(
    name="voice_of_child",
    title="Voice of the child",
    says=(
        "What a child answered when asked whether they understand the worry and the plan. Few case systems hold it yet."
    ),
    kind=Kind.STATE,
    topic="person",
    key=("voice_of_child_id",),
    about="child_id",
    match=(),
    ssd="ssd_voice_of_child",
    columns=(
        Column(
            "voice_of_child_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="voch_table_id",
            ssd_ref="VOCH007A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child who answered.",
            ssd="voch_person_id",
            ssd_ref="VOCH001A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "explained_worries",
            Type.FLAG,
            "Whether the child says that somebody explained why people are worried.",
            ssd="voch_explained_worries",
            ssd_ref="VOCH002A",
        ),
        Column(
            "story_help_understand",
            Type.FLAG,
            "Whether words and pictures helped the child to understand.",
            ssd="voch_story_help_understand",
            ssd_ref="VOCH003A",
        ),
        Column(
            "agree_worker",
            Type.FLAG,
            "Whether the child agrees with what the worker says must happen.",
            ssd="voch_agree_worker",
            ssd_ref="VOCH004A",
        ),
        Column(
            "plan_safe",
            Type.FLAG,
            "Whether the child thinks that the plan says what each person must do to keep them safe.",
            ssd="voch_plan_safe",
            ssd_ref="VOCH005A",
        ),
        Column(
            "tablet_help_explain",
            Type.FLAG,
            "Whether writing or drawing on a tablet helped the child to explain.",
            ssd="voch_tablet_help_explain",
            ssd_ref="VOCH006A",
        ),
    ),
)

TABLES = (
    PERSON,
    DISABILITY,
    LINKED_IDENTIFIERS,
    VOICE_OF_CHILD,
)
