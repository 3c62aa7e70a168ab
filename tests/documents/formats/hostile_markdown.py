"""Markdown that wants to run something: schemes, elements, handlers and ways of writing them, combined."""

from itertools import product

SCHEMES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "\x01javascript:alert(1)",
    "  javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "file:///etc/passwd",
    "blob:https://example.org/1",
    "//example.org/protocol-relative",
    "/responses/1/withdraw/",
    "#main",
    'https://example.org/" onmouseover="alert(1)',
    "https://example.org/' onmouseover='alert(1)",
)
LINKS = (
    "[press]({})",
    "[press](<{}>)",
    '[press]({} "title")',
    "[press][1]\n\n[1]: {}",
    "[press][1]\n\n[1]: <{}> 'onclick=alert(1)'",
    "<{}>",
    "![press]({})",
    "[![press]({0})]({0})",
    "x[^1]\n\n[^1]: [press]({})",
)
ELEMENTS = (
    "<script>alert(1)</script>",
    "<script src=https://example.org/x.js></script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>press</a>",
    "<a href=https://example.org onclick=alert(1)>press</a>",
    "<form action=javascript:alert(1)><button>press</button></form>",
    "<input onfocus=alert(1) autofocus>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<base href=https://example.org/>",
    "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<style>@import 'https://example.org/x.css'</style>",
    "<p style=background:url(javascript:alert(1))>x</p>",
    "<sup onclick=alert(1)>1</sup>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "</p></div></main><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
)
AROUND = (
    "{}",
    "A line.\n\n{}\n\nAnother.",
    "- {}",
    "> {}",
    "# {}",
    "**{}**",
    "    {}",
    "`{}`",
    "```html\n{}\n```",
    "x[^1]\n\n[^1]: {}",
    "[^{}]: x",
    "[{}](https://example.org)",
)
PAYLOADS = tuple(
    dict.fromkeys(
        [link.format(scheme) for link, scheme in product(LINKS, SCHEMES)]
        + [around.replace("{}", element) for around, element in product(AROUND, ELEMENTS)]
    )
)
