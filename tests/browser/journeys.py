"""The addresses that the browser's tests visit, by the name of their picture in the manual."""

CHILD = f"/child/ch{1:022}"
PAGES = {
    "my-children": "/my-children",
    "a-child": CHILD,
    "a-child-as-known-then": f"{CHILD}?at=2026-02-20&known=2025-10-10",
    "a-worker": f"/worker/wk{4:022}",
    "my-work": "/my-work",
    "a-post": f"/post/po{77:022}",
    "posts": "/posts",
    "a-team-over-time": f"/team/tm{1:022}/over-time",
    "my-team": "/team",
    "district-and-service": "/service?then=365",
    "children-behind-a-number": "/service/children/past?district=Fenwick",
    "due": "/due",
    "the-next-ten-working-days": "/due/ahead",
    "due-to-a-child": f"{CHILD}/due",
    "timescales": "/timescales",
    "a-timescale": "/timescales/cp-visit",
    "pace-of-a-timescale": "/timescales/assessment-45wd/pace",
    "try-it-yourself": "/timescales/try-it-yourself",
    "loads": "/loads",
    "meanings": "/meaning",
    "data-quality": "/quality",
    "a-moment-that-is-none": "/my-children?at=31+February+2026",
}
