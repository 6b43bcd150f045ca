/* Passkeys: the browser's own ceremony, begun by the button of a form. Without script the form stays shut. */

const able = window.PublicKeyCredential && "parseRequestOptionsFromJSON" in PublicKeyCredential;

for (const form of able ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.querySelector("[data-passkey-press]").hidden = false;
  form.querySelector("[data-passkey-missing]").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}

async function ask(form) {
  const fault = form.querySelector("[data-passkey-fault]");
  fault.hidden = true;
  try {
    const credential = await (form.dataset.passkey === "add" ? create() : get(form));
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch {
    fault.hidden = false;
  }
}

function create() {
  const options = given().creation_options.publicKey;
  options.authenticatorSelection = {
    ...options.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
}

async function get(form) {
  const data = form.dataset.passkey === "sign-in" ? await fetched(form.action) : given();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(data.request_options.publicKey);
  return navigator.credentials.get({ publicKey });
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  return answer.json();
}

function given() {
  return JSON.parse(document.getElementById("passkey-data").textContent);
}
