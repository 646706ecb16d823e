/** What the admin console's pages do in the browser; small enough to need no build. */
export const consoleScript = `'use strict';
const csrf = document.documentElement.dataset.csrf;
const element = (id) => document.getElementById(id);

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.sentence);
  return answer;
}

element('sign-out')?.addEventListener('click', async () => {
  await post('/admin/sign-out', {});
  location.assign('/admin');
});

// Whatever cannot be undone is asked first, in the words of its button.
for (const button of document.querySelectorAll('[data-confirm]')) {
  button.addEventListener('click', (event) => {
    event.preventDefault();
    ask(button);
  });
}

function ask(button) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'question');
  const question = document.createElement('h2');
  question.id = 'question';
  question.textContent = button.dataset.confirm;
  const row = document.createElement('div');
  row.className = 'buttons';
  const cancel = document.createElement('button');
  cancel.textContent = 'Cancel';
  cancel.addEventListener('click', () => dialog.close());
  const confirm = document.createElement('button');
  confirm.className = 'danger';
  confirm.textContent = button.textContent;
  confirm.addEventListener('click', () => button.form.submit());
  row.append(cancel, confirm);
  dialog.append(question, row);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  cancel.focus();
}

if (element('create') !== null) {
  const nameDialog = element('name-dialog');
  const valueDialog = element('value-dialog');
  element('create').addEventListener('click', () => {
    element('token-name').value = '';
    element('name-problem').textContent = '';
    nameDialog.showModal();
  });
  element('name-cancel').addEventListener('click', () => nameDialog.close());
  nameDialog.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const { value } = await post('/admin/tokens', { name: element('token-name').value });
      element('token-value').textContent = value;
      nameDialog.close();
      valueDialog.showModal();
    } catch (error) {
      element('name-problem').textContent = error.message;
    }
  });
  element('copy').addEventListener('click', async () => {
    await navigator.clipboard.writeText(element('token-value').textContent);
    element('copy').textContent = 'Copied';
  });
  valueDialog.addEventListener('close', () => {
    element('token-value').textContent = '';
    location.reload();
  });
}

const follow = element('follow');
if (follow !== null) {
  let timer;
  const refresh = async () => {
    const page = await fetch(location.href).then((response) => response.text(), () => undefined);
    const rows = page && new DOMParser().parseFromString(page, 'text/html').getElementById('log-rows');
    if (rows && rows.innerHTML !== element('log-rows').innerHTML) element('log-rows').replaceWith(rows);
    if (timer !== undefined) timer = setTimeout(refresh, 1000);
  };
  follow.addEventListener('click', () => {
    const isOn = timer === undefined;
    follow.setAttribute('aria-pressed', String(isOn));
    if (isOn) timer = setTimeout(refresh, 0);
    else {
      clearTimeout(timer);
      timer = undefined;
    }
  });
}
`;
