// Passkeys: a form with data-passkey has a button that asks the browser for one and sends the answer. It is shown
// where the browser can do it. The options come with the page, or from the form's address when the button is pressed.
const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
const known = (list) => (list ?? []).map((each) => ({ ...each, id: decode(each.id) }));

async function optionsOf(form) {
  const within = document.getElementById("passkey-options");
  if (within) return Object.values(JSON.parse(within.textContent))[0].publicKey;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return (await answer.json()).request_options.publicKey;
}

function make(options) {
  const publicKey = {
    ...options,
    challenge: decode(options.challenge),
    user: { ...options.user, id: decode(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
  };
  return navigator.credentials.create({ publicKey });
}

function show(options) {
  const allowCredentials = known(options.allowCredentials);
  return navigator.credentials.get({
    publicKey: { ...options, challenge: decode(options.challenge), allowCredentials },
  });
}

function asJson(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = encode(credential.response[name]);
  }
  const { id, type } = credential;
  const said = credential.getClientExtensionResults();
  return JSON.stringify({ id, rawId: encode(credential.rawId), type, response, clientExtensionResults: said });
}

async function send(form) {
  const wrong = form.querySelector("[data-passkey-wrong]");
  wrong.hidden = true;
  try {
    const options = await optionsOf(form);
    const credential = await (form.dataset.passkey === "make" ? make(options) : show(options));
    form.elements.credential.value = asJson(credential);
    form.requestSubmit();
  } catch {
    wrong.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.querySelector("[data-passkey-button]").addEventListener("click", () => send(form));
  }
  for (const words of document.querySelectorAll("[data-without-passkeys]")) words.hidden = true;
}
