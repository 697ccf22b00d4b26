import ts from 'typescript'
import { text } from './sources.ts'

/** A function as a reader meets it. `lines` leaves out markup; `all` does not. */
export type Measured = { name: string; lines: number; all: number; parameters: number }

/** Measures every function of a program, named `file:function`. A function without a name goes by the one it is in. */
export function functionsOf(path: string): Measured[] {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : path.endsWith('.ts') ? ts.ScriptKind.TS : ts.ScriptKind.JS
  return measured(path, ts.createSourceFile(path, text(path), ts.ScriptTarget.Latest, true, kind))
}

function measured(path: string, source: ts.SourceFile): Measured[] {
  const found: Measured[] = []
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line
  const visit = (node: ts.Node, around: string) => {
    const name = nameOf(node) ?? around
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const markup = new Set(markupIn(node).flatMap((it) => between(lineOf(it.getStart(source)) + 1, lineOf(it.end))))
      const all = lineOf(node.end) - lineOf(node.getStart(source)) + 1
      found.push({ name: `${path}:${name}`, lines: all - markup.size, all, parameters: besideContext(node) })
    }
    node.forEachChild((child) => visit(child, name))
  }
  visit(source, '')
  return found
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  if (!ts.isFunctionLike(node)) return undefined
  const owner = node.name ? node : node.parent
  const name = owner && 'name' in owner ? (owner.name as ts.Node | undefined) : undefined
  return name && ts.isIdentifier(name) ? name.text : undefined
}

// What every verb is given comes first and is not counted, and a callback does not choose what it is called with.
function besideContext(node: ts.SignatureDeclaration): number {
  if (ts.isCallExpression(node.parent)) return 0
  const { parameters } = node
  const [first] = parameters
  const context = first && /^(Context|Tx|Steps|Kysely<Database>|Engine)$/.test(first.type?.getText() ?? '')
  return parameters.length - (context ? 1 : 0)
}

function markupIn(node: ts.Node): ts.Node[] {
  if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return [node]
  const found: ts.Node[] = []
  node.forEachChild((child) => {
    found.push(...markupIn(child))
  })
  return found
}

const between = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
