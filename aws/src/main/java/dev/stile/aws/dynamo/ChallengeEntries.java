package dev.stile.aws.dynamo;

import dev.stile.challenge.Approval;
import dev.stile.challenge.Binding;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.PasskeyPrompt;
import dev.stile.challenge.Prompt;
import dev.stile.challenge.Retry;
import dev.stile.challenge.Status;
import dev.stile.factor.FactorId;
import dev.stile.key.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A challenge as an entry of its factor's `ch`. `ok` maps the keyed digest of the right answer to
/// what a verdict sets when it is given.
final class ChallengeEntries {
  private ChallengeEntries() {}

  static AttributeValue write(Challenge challenge, @Nullable String answer) {
    Map<String, AttributeValue> entry = new HashMap<>();
    entry.put("own", Values.text(challenge.owner()));
    entry.put("st", Values.text(challenge.progress().status().wire()));
    entry.put("n", Values.number(challenge.progress().guesses()));
    entry.put("made", Values.moment(challenge.lifetime().created()));
    entry.put("exp", Values.moment(challenge.lifetime().expires()));
    write(entry, challenge.progress());
    write(entry, challenge.approval());
    switch (challenge.prompt()) {
      case Dispatch dispatch -> write(entry, dispatch);
      case PasskeyPrompt prompt -> write(entry, prompt);
      case null -> {}
    }
    if (answer != null) {
      entry.put("ok", ok(answer));
    }
    return AttributeValue.fromM(entry);
  }

  /// A challenge that is written when it is answered already; one that is opened has neither.
  private static void write(Map<String, AttributeValue> entry, Challenge.Progress progress) {
    if (progress.lastVerdict() != null) {
      entry.put("end", Values.moment(progress.lastVerdict()));
    }
    if (progress.lastRequest() != null) {
      entry.put("req", Values.text(progress.lastRequest()));
    }
  }

  private static void write(Map<String, AttributeValue> entry, Dispatch dispatch) {
    entry.put("gen", Values.number(dispatch.generation()));
    entry.put("dlv", Values.text(delivery(dispatch.delivery())));
    entry.put("asked", Values.moment(dispatch.requested()));
    entry.put("loc", Values.text(dispatch.locale()));
  }

  private static void write(Map<String, AttributeValue> entry, PasskeyPrompt prompt) {
    Map<String, AttributeValue> credentials = new HashMap<>();
    prompt.credentials().forEach((index, id) -> credentials.put(index, Values.text(id.text())));
    entry.put("rp", Values.text(prompt.relyingParty()));
    entry.put("nonce", Values.text(prompt.nonce().text()));
    entry.put("uv", Values.flag(prompt.userVerification()));
    entry.put("cred", AttributeValue.fromM(credentials));
  }

  private static void write(Map<String, AttributeValue> entry, Approval approval) {
    entry.put("cl", Values.text(approval.client()));
    entry.put("aud", Values.text(approval.audience()));
    entry.put("act", Values.text(approval.action()));
    Map<String, AttributeValue> binding = new HashMap<>();
    approval.binding().members().forEach((name, value) -> binding.put(name, Values.text(value)));
    entry.put("bnd", AttributeValue.fromM(binding));
    entry.put("txt", Values.text(approval.display()));
    entry.put("acr", Values.text(approval.decision().acr()));
    List<AttributeValue> reasons =
        approval.decision().reasons().stream().map(Values::text).toList();
    entry.put("why", AttributeValue.fromL(reasons));
    List<AttributeValue> alternatives =
        approval.decision().alternatives().stream().map(id -> Values.text(id.text())).toList();
    entry.put("alt", AttributeValue.fromL(alternatives));
    entry.put("ep", Values.number(approval.epoch()));
    ChainEntries.write(entry, approval.decision().chain());
  }

  /// What the right answer sets: approved, nothing added to either count, no failure left.
  static AttributeValue ok(String answer) {
    return AttributeValue.fromM(
        Map.of(
            answer,
            AttributeValue.fromM(
                Map.of(
                    "st", Values.text(Status.APPROVED.wire()),
                    "inc", Values.number(0),
                    "f", Values.number(0),
                    "at", Values.number(0)))));
  }

  /// The keyed digest of the right answer, where one is stored.
  static Optional<String> answer(Map<String, AttributeValue> entry) {
    return Values.map(entry, "ok").keySet().stream().findFirst();
  }

  static Challenge read(String id, Map<String, AttributeValue> entry) {
    @Nullable String replacedBy = Values.optionalText(entry, "by");
    return new Challenge(
        new ChallengeId(id),
        Values.text(entry, "own"),
        approval(entry),
        new Challenge.Lifetime(Values.moment(entry, "made"), Values.moment(entry, "exp")),
        new Challenge.Progress(
            Status.ofWire(Values.text(entry, "st")),
            (int) Values.number(entry, "n", 0),
            Values.optionalMoment(entry, "end"),
            Values.optionalText(entry, "req"),
            replacedBy == null ? null : new ChallengeId(replacedBy),
            retry(entry)),
        prompt(entry));
  }

  private static @Nullable Prompt prompt(Map<String, AttributeValue> entry) {
    if (entry.containsKey("gen")) {
      return dispatch(entry);
    }
    return entry.containsKey("nonce") ? passkeyPrompt(entry) : null;
  }

  private static PasskeyPrompt passkeyPrompt(Map<String, AttributeValue> entry) {
    Map<String, FactorId> credentials = new HashMap<>();
    Values.map(entry, "cred").forEach((index, id) -> credentials.put(index, new FactorId(id.s())));
    return new PasskeyPrompt(
        Values.text(entry, "rp"),
        Bytes.ofText(Values.text(entry, "nonce")),
        Values.flag(entry, "uv"),
        credentials);
  }

  private static @Nullable Retry retry(Map<String, AttributeValue> entry) {
    return entry.containsKey("idk")
        ? new Retry(Values.text(entry, "idk"), Values.text(entry, "ida"))
        : null;
  }

  private static Approval approval(Map<String, AttributeValue> entry) {
    Map<String, String> binding = new HashMap<>();
    Values.map(entry, "bnd").forEach((name, value) -> binding.put(name, value.s()));
    return new Approval(
        Values.text(entry, "cl"),
        Values.text(entry, "aud"),
        Values.text(entry, "act"),
        Binding.of(binding),
        Values.text(entry, "txt"),
        new Approval.Decision(
            Values.text(entry, "acr"),
            Values.texts(entry, "why"),
            Values.texts(entry, "alt").stream().map(FactorId::new).toList(),
            ChainEntries.read(entry)),
        Values.number(entry, "ep", 0));
  }

  private static Dispatch dispatch(Map<String, AttributeValue> entry) {
    return new Dispatch(
        (int) Values.number(entry, "gen", 1),
        Dispatch.Delivery.valueOf(Values.text(entry, "dlv").toUpperCase(Locale.ROOT)),
        Values.moment(entry, "asked"),
        Values.optionalText(entry, "dlvWhy"),
        Values.text(entry, "loc"));
  }

  static String delivery(Dispatch.Delivery delivery) {
    return delivery.name().toLowerCase(Locale.ROOT);
  }
}
