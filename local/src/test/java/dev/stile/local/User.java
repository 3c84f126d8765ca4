package dev.stile.local;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Someone who has logged in and now works with factors and challenges.
final class User {
  static final String MANAGE = "manage-factors";
  private final RunningStile stile;
  private final String subject;
  private String token = "";
  private @Nullable Signer backEnd;

  User(RunningStile stile, String subject) {
    this.stile = stile;
    this.subject = subject;
  }

  String subject() {
    return subject;
  }

  String token() {
    return token;
  }

  /// Logs in anew, in a new session, with what is asked for.
  User signIn(Object... more) {
    List<Object> asked = new ArrayList<>(List.of("sub", subject));
    asked.addAll(List.of(more));
    return with(
        stile.api().post("/local/token", Body.of(asked.toArray())).is(200).text("/access_token"));
  }

  /// Uses this token from now on.
  User with(String accessToken) {
    this.token = accessToken;
    return this;
  }

  /// The same user through the door of back ends: this one signs from now on.
  User by(Signer signer) {
    this.backEnd = signer;
    return this;
  }

  Answer send(String method, String path, @Nullable String body, Map<String, String> headers) {
    if (backEnd != null) {
      String encoded = URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
      String longer = path.replaceFirst("^/(v1/)?", "/v1/users/" + encoded + "/");
      URI uri = URI.create(stile.api().base() + longer);
      Map<String, String> signed = new LinkedHashMap<>(backEnd.headers(method, uri, body, headers));
      signed.remove("host");
      return stile.api().send(method, longer, body, signed);
    }
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Authorization", "Bearer " + token);
    all.putAll(headers);
    return stile.api().send(method, path, body, all);
  }

  Answer get(String path) {
    return send("GET", path, null, Map.of());
  }

  Answer post(String path, @Nullable String body) {
    return send("POST", path, body, Map.of());
  }

  Answer patch(String path, String body) {
    return send("PATCH", path, body, Map.of());
  }

  private static Map<String, String> granted(@Nullable String grant) {
    return grant == null ? Map.of() : Map.of("Stile-Grant", grant);
  }

  // Factors

  Answer enroll(@Nullable String grant, Object... body) {
    return send("POST", "/v1/factors", Body.of(body), granted(grant));
  }

  Answer activate(String factor, String code, @Nullable String grant) {
    return send(
        "POST", "/v1/factors/" + factor + "/activate", Body.of("code", code), granted(grant));
  }

  Answer remove(String factor, @Nullable String grant) {
    return send("DELETE", "/v1/factors/" + factor, null, granted(grant));
  }

  Answer factor(String id) {
    return get("/v1/factors/" + id);
  }

  Authenticator pendingApp(@Nullable String grant, Object... more) {
    List<Object> body = new ArrayList<>(List.of("type", "totp"));
    body.addAll(List.of(more));
    return new Authenticator(enroll(grant, body.toArray()).is(201), stile.time());
  }

  Mailbox pendingPhone(@Nullable String grant) {
    String number = stile.number();
    Answer enrollment = enroll(grant, "type", "sms", "phone", number).is(201);
    return new Mailbox(stile.api(), stile.time(), enrollment, number);
  }

  Mailbox pendingEmail(@Nullable String grant) {
    String address = stile.address();
    Answer enrollment = enroll(grant, "type", "email", "email", address).is(201);
    return new Mailbox(stile.api(), stile.time(), enrollment, address);
  }

  <D extends Device> D activated(D device, @Nullable String grant) {
    activate(device.id(), device.code(), grant).is(200);
    return device;
  }

  Authenticator app(Object... more) {
    return activated(pendingApp(null, more), null);
  }

  Mailbox phone() {
    return activated(pendingPhone(null), null);
  }

  Mailbox email() {
    return activated(pendingEmail(null), null);
  }

  Authenticator appBesides(Device proof) {
    String grant = grant(MANAGE, proof);
    return activated(pendingApp(grant), grant);
  }

  Mailbox phoneBesides(Device proof) {
    String grant = grant(MANAGE, proof);
    return activated(pendingPhone(grant), grant);
  }

  Mailbox emailBesides(Device proof) {
    String grant = grant(MANAGE, proof);
    return activated(pendingEmail(grant), grant);
  }

  // Challenges

  Answer ask(Object... body) {
    return post("/v1/challenges", Body.of(body));
  }

  /// A challenge for this factor, as soon as there can be one.
  Answer challenge(String action, Device device) {
    device.rest();
    return ask("action", action, "factor_id", device.id()).is(201);
  }

  Answer read(String challenge) {
    return get("/v1/challenges/" + challenge).is(200);
  }

  Answer verify(String challenge, String code) {
    return post("/v1/challenges/" + challenge + "/verify", Body.of("code", code));
  }

  Answer resend(String challenge) {
    return post("/v1/challenges/" + challenge + "/resend", null);
  }

  Answer cancel(String challenge) {
    return post("/v1/challenges/" + challenge + "/cancel", null);
  }

  Answer change(String challenge, Device to) {
    return post("/v1/challenges/" + challenge + "/switch", Body.of("factor_id", to.id()));
  }

  /// Asks for an approval and gives it.
  Answer approve(String action, Device device) {
    return verify(challenge(action, device).id(), device.code()).is(200);
  }

  String grant(String action, Device device) {
    return approve(action, device).grant();
  }

  /// The challenge once its message is no longer queued.
  Answer delivered(String challenge) {
    return Patience.until(
        "the delivery of " + challenge,
        () -> Optional.of(read(challenge)).filter(seen -> seen.at("/poll_after").isMissingNode()));
  }
}
