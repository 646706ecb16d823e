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

if (csrf !== undefined) {
  element('sign-out').addEventListener('click', async () => {
    await post('/admin/sign-out', {});
    location.assign('/admin');
  });

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

  const revokeDialog = element('revoke-dialog');
  let chosen;
  for (const button of document.querySelectorAll('[data-revoke]')) {
    button.addEventListener('click', () => {
      chosen = button.dataset.revoke;
      element('revoke-name').textContent = button.dataset.name;
      revokeDialog.showModal();
    });
  }
  element('revoke-cancel').addEventListener('click', () => revokeDialog.close());
  element('revoke-confirm').addEventListener('click', async (event) => {
    event.preventDefault();
    await post('/admin/tokens/' + encodeURIComponent(chosen) + '/revoke', {}).catch(() => undefined);
    location.reload();
  });
}
`;
