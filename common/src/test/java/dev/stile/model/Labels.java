package dev.stile.model;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Purpose;
import dev.stile.factor.Account;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.model.Operations.Who;
import dev.stile.model.Seen.App;
import dev.stile.model.Seen.ChallengeSeen;
import dev.stile.model.Seen.FactorSeen;
import dev.stile.model.Seen.Sending;
import dev.stile.subject.Door;
import dev.stile.subject.Principal;
import dev.stile.subject.Subject;
import dev.stile.testing.Samples;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which identifier goes by which label, both ways. Digests are legible stand-ins: the stores
/// compare them and never look inside.
final class Labels {
  final Subject subject;
  private final Map<String, FactorId> factors = new HashMap<>();
  private final Map<String, ChallengeId> challenges = new LinkedHashMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  Labels(Subject subject) {
    this.subject = subject;
    for (Purpose purpose : Purpose.values()) {
      for (Who who : Who.values()) {
        String owner = purpose.owner(principal(who));
        owners.put(purpose + " " + who, owner);
        names.put(owner, who.name());
      }
    }
  }

  Principal principal(Who who) {
    return new Principal(Door.SELF_SERVICE, "console", subject, who.name());
  }

  /// The session of the principal that a challenge belongs to.
  @Nullable String session(String owner) {
    return names.get(owner);
  }

  String owner(Purpose purpose, Who who) {
    return owners.getOrDefault(purpose + " " + who, "");
  }

  void name(String label, FactorId id) {
    factors.put(label, id);
  }

  FactorId factor(String label) {
    return factors.computeIfAbsent(label, l -> FactorId.random(Samples.IDS));
  }

  /// A new challenge on a factor.
  ChallengeId challenge(String label, FactorId factor, FactorKind kind) {
    ChallengeId id = ChallengeId.random(Samples.IDS, kind, factor, 1);
    challenges.put(label, id);
    return id;
  }

  ChallengeId challenge(String label) {
    ChallengeId id = challenges.get(label);
    return id == null ? challenge(label, factor("nowhere"), FactorKind.SMS) : id;
  }

  static String answer(ChallengeId challenge, int generation) {
    return "answer " + generation + " of " + challenge;
  }

  static String digest(String digits) {
    return "digest of " + digits;
  }

  Seen seen(Account account, Function<ChallengeId, Optional<Challenge>> find, Instant now) {
    SortedMap<String, FactorSeen> seenFactors = new TreeMap<>();
    factors.forEach((label, id) ->
        account.factor(id).ifPresent(factor -> seenFactors.put(label, seen(factor))));
    if (seenFactors.size() != account.factors().size()) {
      throw new AssertionError("a factor that nobody added: " + account);
    }
    SortedMap<String, ChallengeSeen> seenChallenges = new TreeMap<>();
    challenges.forEach((label, id) ->
        find.apply(id).ifPresent(challenge -> seenChallenges.put(label, seen(challenge, now))));
    return new Seen(account.everEnrolled(), seenFactors, seenChallenges);
  }

  private FactorSeen seen(Factor factor) {
    return new FactorSeen(
        factor.kind(),
        factor.isActive(),
        factor.failures().count(),
        factor.failures().last(),
        factor.times().lastUsed(),
        factor.credential() instanceof Totp totp ? app(totp.progress()) : null);
  }

  private App app(TotpProgress progress) {
    @Nullable String digest = progress.lastDigest();
    return new App(
        progress.lastStep(),
        digest == null ? null : digest.substring(digest("").length()),
        names.get(progress.lastPrincipal()),
        progress.drift());
  }

  private ChallengeSeen seen(Challenge challenge, Instant now) {
    Dispatch dispatch = challenge.dispatch();
    return new ChallengeSeen(
        challenge.status(now),
        challenge.attemptsLeft(),
        challenge.isLive(now) ? null : challenge.ended(),
        labelOf(challenge.progress().replacedBy()),
        dispatch == null
            ? null
            : new Sending(
                dispatch.generation(),
                dispatch.delivery(),
                dispatch.requested(),
                dispatch.reason()));
  }

  String label(ChallengeId id) {
    return Objects.requireNonNull(labelOf(id));
  }

  private @Nullable String labelOf(@Nullable ChallengeId id) {
    return challenges.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }
}
