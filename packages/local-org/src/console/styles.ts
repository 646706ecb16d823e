/** The console's look in the colours of the workbench, light or dark as the system is. */
export const consoleStyles = `:root {
  --bg: #fff; --sunken: #f6f7f9; --hover: #eef0f4; --active: #e4e8f0; --line: #e1e4ea; --line-strong: #c9ced8;
  --ink: #171b24; --ink-2: #4a5264; --accent: #2f5bea; --accent-ink: #fff;
  --ok: #137a48; --ok-soft: #e2f5ea; --warn: #8a5209; --warn-soft: #fdf0d9; --bad: #c0293b; --bad-soft: #fde8ea;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #14171e; --sunken: #0f1217; --hover: #222733; --active: #2a3040; --line: #272d39; --line-strong: #3a4252;
    --ink: #e8ebf2; --ink-2: #aeb6c6; --accent: #6f92ff; --accent-ink: #0d1220;
    --ok: #4cc38a; --ok-soft: #14302a; --warn: #e0a64a; --warn-soft: #33270f; --bad: #ff7b86; --bad-soft: #3a1a20;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  display: grid; grid-template: 52px 1fr / 220px 1fr; min-height: 100vh;
  font: 13px/1.45 Inter, system-ui, sans-serif; color: var(--ink); background: var(--sunken);
}
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; padding: 8px 12px; background: var(--bg); }
header {
  grid-column: 1 / 3; display: flex; align-items: center; gap: 10px; padding: 0 20px;
  background: var(--bg); border-bottom: 1px solid var(--line);
}
header svg, h1 svg { color: var(--accent); vertical-align: -4px; }
header span { color: var(--ink-2); }
.who { margin-left: auto; }
nav { padding: 14px 10px; background: var(--bg); border-right: 1px solid var(--line); }
nav span, nav a { display: block; padding: 6px; border-radius: 6px; color: var(--ink); text-decoration: none; }
nav span { color: var(--ink-2); }
nav a.below { padding-left: 20px; }
nav a:hover { background: var(--hover); }
nav a[aria-current] { background: var(--active); }
main { padding: 24px 32px 48px; max-width: 1100px; min-width: 0; outline: none; }
h1 { font-size: 20px; letter-spacing: -0.02em; }
h1 .pill { vertical-align: 3px; }
h2 { margin: 24px 0 10px; font-size: 15px; }
p { margin: 4px 0; color: var(--ink-2); }
a { color: var(--accent); }
small { display: block; color: var(--ink-2); font-size: 11.5px; font-weight: 400; overflow-wrap: anywhere; }
code { font: 12px "JetBrains Mono", ui-monospace, monospace; }
.faint { color: var(--ink-2); }
.crumb { margin-bottom: 6px; font-size: 12px; }
.count { padding: 0 6px; border-radius: 8px; font-size: 11px; background: var(--active); }
.pill { padding: 2px 8px; border-radius: 10px; font-size: 11.5px; font-weight: 500; color: var(--ink-2); background: var(--active); text-decoration: none; white-space: nowrap; }
.pill.ok { color: var(--ok); background: var(--ok-soft); }
.pill.warn { color: var(--warn); background: var(--warn-soft); }
.pill.bad { color: var(--bad); background: var(--bad-soft); }
button, .button {
  display: inline-block; height: 30px; padding: 0 12px; font: 500 12px/28px Inter, system-ui, sans-serif; color: var(--ink);
  background: var(--bg); border: 1px solid var(--line-strong); border-radius: 6px; cursor: pointer; white-space: nowrap;
}
button:hover, .button:hover { background: var(--hover); }
button.primary { color: var(--accent-ink); background: var(--accent); border-color: var(--accent); }
button.danger { color: var(--bad); border-color: var(--bad); }
button[aria-pressed="true"] { color: var(--accent); border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
summary { list-style: none; }
summary::-webkit-details-marker { display: none; }
details { margin: 12px 0; }
.fold { margin-top: 8px; padding: 4px 16px 16px; background: var(--bg); border: 1px solid var(--line); border-radius: 10px; }
.inline { display: inline-block; }
.bar { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 8px; margin: 12px 0; }
.bar .bar { margin: 0; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 12px 16px; align-items: start; }
.fields > button { justify-self: start; grid-column: 1; }
.fields > .check { align-self: end; }
section > .fields { padding: 16px; background: var(--bg); border: 1px solid var(--line); border-radius: 10px; }
.fields fieldset { grid-column: 1 / -1; }
fieldset { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 8px 12px; border: 1px solid var(--line-strong); border-radius: 6px; }
legend { padding: 0 4px; font-weight: 500; }
label { display: grid; gap: 4px; font-weight: 500; font-size: 12px; }
label.check { display: flex; align-items: center; gap: 8px; min-height: 32px; font-weight: 400; }
input, select {
  height: 32px; padding: 0 10px; font: inherit; font-weight: 400; font-size: 13px; color: var(--ink); background: var(--bg);
  border: 1px solid var(--line-strong); border-radius: 6px; min-width: 0;
}
textarea {
  padding: 8px 10px; font: 12px/1.5 "JetBrains Mono", ui-monospace, monospace; color: var(--ink); background: var(--bg);
  border: 1px solid var(--line-strong); border-radius: 6px; resize: vertical;
}
textarea::placeholder { color: var(--ink-2); }
label.wide { grid-column: 1 / -1; }
input[type="checkbox"] { height: 16px; width: 16px; }
.bar input[type="number"] { width: 128px; }
table { width: 100%; margin-top: 12px; background: var(--bg); border-collapse: separate; border-spacing: 0; border: 1px solid var(--line); border-radius: 10px; }
th, td { padding: 8px 12px; text-align: left; font-weight: 400; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--ink-2); font-size: 12px; }
tbody th { font-weight: 500; }
th a { text-decoration: none; }
th a:hover { text-decoration: underline; }
td:last-child { text-align: right; }
td:last-child:not(:has(button)) { text-align: left; }
.pager { display: flex; gap: 16px; margin-top: 12px; }
.empty { margin-top: 12px; padding: 24px; text-align: center; background: var(--bg); border: 1px dashed var(--line-strong); border-radius: 10px; }
.facts { display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 16px 0; }
.facts dt { color: var(--ink-2); font-size: 11.5px; }
.facts dd { margin: 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 12px; margin-top: 16px; }
.card { padding: 12px 14px; color: var(--ink); text-decoration: none; background: var(--bg); border: 1px solid var(--line); border-radius: 10px; }
.card:hover { border-color: var(--line-strong); }
.card b { font-size: 20px; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.code { padding: 2px 8px; font-size: 14px; letter-spacing: 0.08em; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
dialog {
  margin: auto; width: min(520px, calc(100vw - 48px)); padding: 24px; color: var(--ink); background: var(--bg);
  border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 8px 28px rgb(20 26 40 / 0.25);
}
dialog::backdrop { background: rgb(10 12 18 / 0.4); }
dialog h2 { margin: 0 0 4px; font-size: 17px; }
dialog label, .sign-in label { margin-top: 12px; }
.value { display: flex; align-items: center; gap: 8px; margin: 12px 0; padding: 8px 12px; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; }
.value code { flex: 1; color: var(--ink); overflow-wrap: anywhere; }
.buttons { display: flex; justify-content: flex-end; gap: 8px; margin-top: 16px; }
.done, .problem:not(:empty) { margin: 0 0 16px; padding: 8px 12px; border-radius: 6px; }
.done { color: var(--ok); background: var(--ok-soft); }
.problem:not(:empty) { color: var(--bad); background: var(--bad-soft); }
dialog .problem:not(:empty) { margin: 12px 0 0; }
.sign-in { grid-column: 1 / 3; grid-row: 1 / 3; width: 404px; margin: 12vh auto auto; padding: 32px; background: var(--bg); border: 1px solid var(--line); border-radius: 10px; }
.sign-in button { width: 100%; margin-top: 16px; }
`;
