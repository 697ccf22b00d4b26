import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { safeHtml } from './safe-html.ts'

const inlineUrl = (contentId: string) => (contentId === 'logo@x.example' ? '/api/v1/files/logo' : null)
const clean = (html: string) => safeHtml(html, { inlineUrl }).html

/** Reads the result as a browser would and complains about everything that acts. */
function dangers(html: string): string[] {
  const found: string[] = []
  const parser = new Parser({
    onopentag(name, attributes) {
      if (
        /^(?:script|style|iframe|object|embed|svg|math|form|input|button|base|meta|link|template|video|audio|textarea|select)$/.test(name)
      )
        found.push(name)
      for (const [attribute, value] of Object.entries(attributes)) {
        if (/^(?:on|id$|class$|name$|srcset|srcdoc|formaction|background|action|ping|xlink)/.test(attribute)) found.push(attribute)
        if (attribute === 'href' && !/^(?:https?:\/\/|mailto:|tel:)/i.test(value)) found.push(`href=${value}`)
        if (attribute === 'src' && !/^(?:\/api\/v1\/files\/logo|data:image\/(?:png|jpeg|gif|webp);base64,)/.test(value))
          found.push(`src=${value}`)
        if (attribute === 'style' && /url|expression|position|javascript|@|\\|[<>{}]|behavior|binding|content/i.test(value))
          found.push(`style=${value}`)
      }
    },
  })
  parser.end(html)
  return found
}

describe('what a stranger may show', () => {
  test('formatting, tables and harmless styles stay', () => {
    const html =
      '<table border="1" cellpadding="4"><tr><td align="right" bgcolor="#ffeecc"><b style="color:#f00;font-size:14px">Hi</b></td></tr></table>'
    expect(clean(html)).toBe(html)
  })

  test('links open elsewhere and tell nobody where from', () => {
    expect(clean('<a href="https://x.example/?a=1&amp;b=2" onclick="x()">a</a>')).toBe(
      '<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">a</a>',
    )
    expect(clean('<a href="mailto:a@x.example">a</a>')).toContain('href="mailto:a@x.example"')
  })

  test('a picture sent along is shown from us; one that was not is only its words', () => {
    expect(clean('<img src="cid:logo@x.example" alt="Logo" width="20">')).toBe('<img width="20" alt="Logo" src="/api/v1/files/logo" />')
    expect(clean('<img src="cid:logo%40x.example">')).toContain('src="/api/v1/files/logo"')
    expect(clean('<img src="cid:other" alt="Logo">')).toBe('<img alt="Logo" />')
  })

  test('pictures on other servers are counted, not loaded', () => {
    const found = safeHtml(
      '<img src="https://x.example/p.gif"><img src="//x.example/q.gif" srcset="https://x.example/r.gif 2x"><td background="https://x.example/s.gif">x</td>',
      { inlineUrl },
    )
    expect(found.remoteImages).toBe(2)
    expect(found.html).toContain('data-remote-src="https://x.example/p.gif"')
    expect(dangers(found.html)).toEqual([])
  })

  test('a sender cannot pretend to be our own mark for remote pictures', () => {
    expect(clean('<img data-remote-src="javascript:alert(1)" alt="x"><p data-remote-src="x">y</p>')).toBe('<img alt="x" /><p>y</p>')
  })

  test('small embedded pictures stay, drawings that can act do not', () => {
    expect(clean('<img src="data:image/png;base64,iVBORw0KGgo=">')).toContain('src="data:image/png;base64,iVBORw0KGgo="')
    expect(clean('<img src="data:image/svg+xml;base64,PHN2Zz4=">')).not.toContain('data:')
    expect(clean(`<img src="data:image/png;base64,${'A'.repeat(300_000)}">`)).not.toContain('data:')
  })

  test('what the sender hid is not brought to light', () => {
    expect(clean('<div style="display:none">secret</div><span style="DISPLAY : NONE !important">x</span><p>seen</p>')).toBe('<p>seen</p>')
  })
})

test.each([
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src="javascript:alert(1)">',
  '<svg/onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)">x</a></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="jav&#x09;ascript:alert(1)">x</a>',
  '<a href=" &#14; javascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="//evil.example">x</a>',
  '<a href="/api/v1/sign-out">x</a>',
  '<a href="#top">x</a>',
  '<iframe src="https://evil.example"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="x"></object>',
  '<embed src="x">',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<link rel=stylesheet href="https://evil.example">',
  '<style>@import "https://evil.example";</style>',
  '<form action="https://evil.example"><input name=q><button>go</button></form>',
  '<p style="background:url(https://evil.example)">x</p>',
  '<p style="background:url(\'javascript:alert(1)\')">x</p>',
  '<p style="width:expression(alert(1))">x</p>',
  '<p style="position:fixed;top:0;left:0;width:100%;height:100%">x</p>',
  '<p style="color:red;\\70osition:fixed">x</p>',
  '<p style="behavior:url(x.htc)">x</p>',
  '<p style="-moz-binding:url(x)">x</p>',
  '<p style="color:red}body{display:none">x</p>',
  "<p style=\"font-family:'x\\';position:fixed'\">x</p>",
  '<p id="app" class="modal" name="x">x</p>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>',
  '<template><img src=x onerror=alert(1)></template>',
  '<title><img src=x onerror=alert(1)></title>',
  '<!--[if gte mso 9]><script>alert(1)</script><![endif]-->',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?php echo 1 ?><p>x</p>',
  '<img src="x` `<script>alert(1)</script>"` `>',
  '<p title="&quot;><script>alert(1)</script>">x</p>',
  '<img """><script>alert(1)</script>">',
  '<details open ontoggle=alert(1)>x</details>',
  '<video><source onerror="alert(1)"></video>',
  '<audio src=x onerror=alert(1)>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<body onload=alert(1)>',
  '<html manifest="x">',
  '<isindex type=image src=1 onerror=alert(1)>',
  '<input autofocus onfocus=alert(1)>',
  '<select onfocus=alert(1)></select>',
  '<portal src="https://evil.example">',
  '<a href="https://x.example" ping="https://evil.example">x</a>',
  '<a href="https:javascript:alert(1)">x</a>',
  '<table background="javascript:alert(1)"><tr><td>x</td></tr></table>',
  '<font face="x;}</style><script>alert(1)</script>">x</font>',
  '<img src=cid:logo@x.example onload=alert(1)>',
  '<bgsound src="javascript:alert(1)">',
  '<p/onclick=alert(1)>x</p>',
  '\u0000<scr\u0000ipt>alert(1)</script>',
])('nothing acts in %j', (html) => {
  expect(dangers(clean(html))).toEqual([])
  expect(clean(html)).not.toMatch(/<script|alert\(1\)<\/script/i)
})

describe('any HTML at all', () => {
  const attribute = fc.constantFrom(
    'onclick="a()"',
    'style="position:fixed;color:red"',
    "style='background:url(x)'",
    'href="javascript:a()"',
    'src=x',
    'src="https://x.example/a"',
    'id=a',
    'class="b"',
    '"',
    "'",
    '>',
    '/',
    'title="<b onclick=a()>"',
  )
  const tag = fc.tuple(
    fc.constantFrom(
      'p',
      'div',
      'img',
      'a',
      'script',
      'style',
      'svg',
      'math',
      'table',
      'td',
      'textarea',
      'title',
      'noscript',
      'iframe',
      'template',
      'xmp',
      '!--',
      '![CDATA[',
    ),
    fc.array(attribute, { maxLength: 3 }),
    fc.constantFrom('>', '/>', ' ', ''),
  )
  const piece = fc.oneof(
    tag.map(([name, attributes, end]) => `<${[name, ...attributes].join(' ')}${end}`),
    fc.constantFrom(
      '</p>',
      '</script>',
      '</style>',
      '-->',
      ']]>',
      '</title>',
      '</textarea>',
      '</noscript>',
      '</svg>',
      '<',
      '&lt;',
      '&#60;script&#62;',
    ),
    fc.string({ maxLength: 10 }),
  )

  test('nothing that acts ever comes out, and cleaning twice changes nothing dangerous', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const once = clean(pieces.join(''))
        expect(dangers(once)).toEqual([])
        expect(dangers(clean(once))).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    ['a hundred thousand nested blocks', `${'<div>'.repeat(100_000)}deep${'</div>'.repeat(100_000)}`],
    ['a hundred thousand open letters', `${'<b>'.repeat(100_000)}deep`],
    ['nested tables', `${'<table><tr><td>'.repeat(50_000)}deep`],
  ])('%s take no time and no stack', (_, html) => {
    const started = performance.now()
    expect(clean(html)).toContain('deep')
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test('HTML without end is cut, and says so', () => {
    const found = safeHtml(`<p>${'long '.repeat(500_000)}</p>`, { inlineUrl })
    expect(found.truncated).toBe(true)
    expect(found.html.length).toBeLessThan(1_100_000)
  })
})
