package dev.stile.aws.dynamo;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.Status;
import dev.stile.factor.Credential;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.factor.TotpParameters;
import dev.stile.key.Sealed;
import dev.stile.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A factor as an item. `ch` holds its challenges; `cv` counts the openings, so that two of them
/// notice each other.
final class FactorItems {
  /// How long the item of a lapsed enrollment may stay, for the sweep.
  private static final Duration SWEPT_AFTER = Duration.ofHours(1);

  private FactorItems() {}

  static Map<String, AttributeValue> write(Subject subject, Factor factor) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKeys.factor(subject, factor.id()));
    item.put("kind", Values.text(factor.kind().wire()));
    item.put("st", Values.text(state(factor.state())));
    item.put("label", Values.text(factor.label()));
    item.put("created", Values.moment(factor.times().created()));
    item.put("failures", Values.number(factor.failures().count()));
    item.put("failedAt", Values.moment(factor.failures().last()));
    item.put("ch", AttributeValue.fromM(Map.of()));
    item.put("cv", Values.number(0));
    Instant lapses = factor.times().lapses();
    if (lapses != null) {
      item.put("lapses", Values.moment(lapses));
      item.put(StileTable.TTL, Values.number(lapses.plus(SWEPT_AFTER).getEpochSecond()));
    }
    switch (factor.credential()) {
      case Totp totp -> write(item, totp);
      case Destination destination -> write(item, destination);
      case PendingPasskey pending -> item.putAll(PasskeyItems.write(pending));
      case Passkey passkey -> item.putAll(PasskeyItems.write(passkey));
    }
    return item;
  }

  private static void write(Map<String, AttributeValue> item, Totp totp) {
    item.put("seed", Values.text(totp.seed().text()));
    item.put("seedEpoch", Values.number(totp.seed().epoch()));
    item.put("alg", Values.text(totp.parameters().hash().name()));
    item.put("digits", Values.number(totp.parameters().digits()));
    item.put("period", Values.number(totp.parameters().period().toSeconds()));
    item.put("lastStep", Values.number(totp.progress().lastStep()));
    item.put("drift", Values.number(totp.progress().drift()));
  }

  static void write(Map<String, AttributeValue> item, Destination destination) {
    item.put("addr", Values.text(destination.address().text()));
    item.put("addrEpoch", Values.number(destination.address().epoch()));
    item.put("hint", Values.text(destination.hint()));
    item.put("idx", Values.text(destination.index()));
  }

  static Factor read(Map<String, AttributeValue> item) {
    FactorId id = new FactorId(Values.text(item, "sk").substring(ItemKeys.FACTOR_PREFIX.length()));
    return new Factor(
        id,
        Values.text(item, "label"),
        credential(item),
        FactorState.valueOf(Values.text(item, "st").toUpperCase(Locale.ROOT)),
        new Failures((int) Values.number(item, "failures", 0), Values.moment(item, "failedAt")),
        new Factor.Times(
            Values.moment(item, "created"),
            Values.optionalMoment(item, "lapses"),
            lastUsed(item),
            Values.optionalMoment(item, "capped")));
  }

  static Credential credential(Map<String, AttributeValue> item) {
    FactorKind kind = FactorKind.ofWire(Values.text(item, "kind")).orElseThrow();
    return switch (kind) {
      case WEBAUTHN -> PasskeyItems.read(item);
      case TOTP -> totp(item);
      case SMS, EMAIL ->
          new Destination(
              kind, sealed(item, "addr"), Values.text(item, "hint"), Values.text(item, "idx"));
    };
  }

  private static Totp totp(Map<String, AttributeValue> item) {
    var parameters =
        new TotpParameters(
            TotpParameters.Hash.valueOf(Values.text(item, "alg")),
            (int) Values.number(item, "digits", 0),
            Duration.ofSeconds(Values.number(item, "period", 0)));
    var progress =
        new TotpProgress(
            Values.number(item, "lastStep", -1),
            Values.optionalText(item, "lastDigest"),
            Values.optionalText(item, "lastBy"),
            (int) Values.number(item, "drift", 0));
    return new Totp(sealed(item, "seed"), parameters, progress);
  }

  private static Sealed sealed(Map<String, AttributeValue> item, String name) {
    return new Sealed((int) Values.number(item, name + "Epoch", 0), Values.text(item, name));
  }

  /// A verdict over a sent code cannot tell a success from a failure, so it cannot note the use:
  /// the approved challenges do, until they are dropped.
  static @Nullable Instant lastUsed(Map<String, AttributeValue> item) {
    @Nullable Instant last = Values.optionalMoment(item, "usedAt");
    for (Challenge challenge : challenges(item)) {
      Instant at = challenge.progress().lastVerdict();
      boolean approved = challenge.progress().status() == Status.APPROVED;
      if (approved && at != null && (last == null || at.isAfter(last))) {
        last = at;
      }
    }
    return last;
  }

  static List<Challenge> challenges(Map<String, AttributeValue> item) {
    return Values.map(item, "ch").keySet().stream()
        .map(id -> challenge(item, id).orElseThrow())
        .toList();
  }

  /// `ep` is the subject's epoch where it was ever raised: challenges of one before are canceled.
  static Optional<Challenge> challenge(Map<String, AttributeValue> item, String id) {
    return Optional.ofNullable(Values.map(item, "ch").get(id))
        .map(entry -> ChallengeEntries.read(id, entry.m()).inEpoch(Values.number(item, "ep", 0)));
  }

  static boolean isDecoy(Map<String, AttributeValue> item) {
    return state(FactorState.DECOY).equals(Values.optionalText(item, "st"));
  }

  static String state(FactorState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
