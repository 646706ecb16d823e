/** The console's look in the colours of the workbench, light or dark as the system is. */
export const consoleStyles = `:root {
  --bg: #fff; --sunken: #f6f7f9; --hover: #e4e8f0; --line: #e1e4ea; --line-strong: #c9ced8;
  --ink: #171b24; --ink-2: #4a5264; --accent: #2f5bea; --accent-ink: #fff; --bad: #c0293b; --bad-soft: #fde8ea;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #14171e; --sunken: #0f1217; --hover: #2a3040; --line: #272d39; --line-strong: #3a4252;
    --ink: #e8ebf2; --ink-2: #aeb6c6; --accent: #6f92ff; --accent-ink: #0d1220; --bad: #ff7b86; --bad-soft: #3a1a20;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  display: grid; grid-template: 48px 1fr / 220px 1fr; min-height: 100vh;
  font: 13px/1.45 Inter, system-ui, sans-serif; color: var(--ink); background: var(--bg);
}
header {
  grid-column: 1 / 3; display: flex; align-items: center; gap: 8px; padding: 0 20px;
  border-bottom: 1px solid var(--line);
}
header svg, h1 svg { color: var(--accent); vertical-align: -4px; }
header span { color: var(--ink-2); }
.who { margin-left: auto; }
nav { padding: 16px 8px; border-right: 1px solid var(--line); background: var(--sunken); }
nav span, nav a { display: block; padding: 6px 12px; border-radius: 6px; color: var(--ink); text-decoration: none; }
nav span { color: var(--ink-2); }
nav a { padding-left: 24px; }
nav a[aria-current] { background: var(--hover); }
main { padding: 24px 32px; max-width: 1020px; }
h1 { font-size: 20px; letter-spacing: -0.01em; }
h2 { margin: 20px 0 12px; font-size: 15px; }
p { margin: 4px 0; color: var(--ink-2); }
.count { padding: 0 6px; border-radius: 8px; font-size: 11px; background: var(--hover); }
button {
  height: 30px; padding: 0 12px; font: 500 12px Inter, system-ui, sans-serif; color: var(--ink);
  background: var(--bg); border: 1px solid var(--line-strong); border-radius: 6px; cursor: pointer;
}
button:hover { background: var(--hover); }
button.primary { color: var(--accent-ink); background: var(--accent); border-color: var(--accent); }
button.danger { color: var(--bad); border-color: var(--bad); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { width: 100%; margin-top: 12px; border-collapse: collapse; border: 1px solid var(--line); }
th, td { padding: 8px 10px; text-align: left; font-weight: 400; border-bottom: 1px solid var(--line); }
thead th { color: var(--ink-2); font-size: 12px; }
td:last-child { text-align: right; }
.empty { margin-top: 16px; padding: 24px; text-align: center; border: 1px dashed var(--line-strong); border-radius: 10px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
dialog {
  margin: auto; width: min(520px, calc(100vw - 48px)); padding: 24px; color: var(--ink); background: var(--bg);
  border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 8px 28px rgb(20 26 40 / 0.25);
}
dialog::backdrop { background: rgb(10 12 18 / 0.4); }
dialog h2 { margin: 0 0 4px; font-size: 20px; }
label { display: grid; gap: 4px; margin-top: 12px; font-weight: 500; }
input {
  height: 34px; padding: 0 10px; font: inherit; color: var(--ink); background: var(--bg);
  border: 1px solid var(--line-strong); border-radius: 6px;
}
.value { display: flex; align-items: center; gap: 8px; margin: 12px 0; padding: 8px 12px; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; }
.value code { flex: 1; color: var(--ink); font: 12.5px "JetBrains Mono", ui-monospace, monospace; overflow-wrap: anywhere; }
.buttons { display: flex; justify-content: flex-end; gap: 8px; margin-top: 16px; }
.problem:not(:empty) { margin-top: 12px; padding: 8px 12px; color: var(--bad); background: var(--bad-soft); border-radius: 6px; }
.sign-in { grid-column: 1 / 3; grid-row: 1 / 3; width: 340px; margin: 12vh auto 0; }
.sign-in button { width: 100%; margin-top: 16px; }
`;
