package dev.stile.lambda.relay;

import dev.stile.audit.AuditRecord;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.message.Fact;
import dev.stile.message.Fact.ChallengeFailed;
import dev.stile.message.Fact.FactorLocked;
import dev.stile.message.Fact.FactorVerified;
import dev.stile.message.Fact.NoticeDue;
import dev.stile.message.Message.Envelope;
import dev.stile.notice.Addressee;
import dev.stile.notice.Notice;
import dev.stile.outbox.Change;
import dev.stile.outbox.Change.OfFactor;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides who is told what of a change.
final class Tellings {
  private static final Set<Transition.Type> LOCKS =
      EnumSet.of(Transition.Type.FACTOR_LOCKED, Transition.Type.FACTOR_DISABLED);

  private final URI issuer;

  @Inject
  Tellings(URI issuer) {
    this.issuer = issuer;
  }

  List<Telling> of(Change change) {
    return Transitions.of(change).stream().map(t -> telling(change, t)).toList();
  }

  private Telling telling(Change change, Transition transition) {
    return new Telling(
        transition.type().isAudited() ? transition.account() : null,
        notice(change, transition).orElse(null),
        facts(change, transition),
        CloudEvent.of(issuer, transition));
  }

  private static Optional<Notice> notice(Change change, Transition transition) {
    AuditRecord account = transition.account();
    return noticeKind(transition.type())
        .map(kind ->
            change instanceof OfFactor factor
                ? notice(kind, factor, account)
                : new Notice(account.id(), kind, account.at(), account.subject(), null, null));
  }

  private static Optional<Notice.Kind> noticeKind(Transition.Type type) {
    return switch (type) {
      case FACTOR_ADDED -> Optional.of(Notice.Kind.FACTOR_ADDED);
      case FACTOR_REMOVED -> Optional.of(Notice.Kind.FACTOR_REMOVED);
      case FACTOR_DISABLED -> Optional.of(Notice.Kind.FACTOR_DISABLED);
      case RECOVERY_USED -> Optional.of(Notice.Kind.RECOVERY_USED);
      default -> Optional.empty();
    };
  }

  private static Notice notice(Notice.Kind kind, OfFactor change, AuditRecord account) {
    Factor factor = change.newest().factor();
    @Nullable Destination destination = factor.credential() instanceof Destination of ? of : null;
    @Nullable Addressee removed =
        destination == null || change.after() != null
            ? null
            : new Addressee(factor.id(), destination, change.newest().locale().orElse(null));
    var about = new Notice.About(factor.kind(), destination == null ? null : destination.hint());
    return new Notice(account.id(), kind, account.at(), account.subject(), about, removed);
  }

  private static List<Fact> facts(Change change, Transition transition) {
    AuditRecord account = transition.account();
    Subject subject = account.subject();
    FactorId factor = account.about().factor();
    ChallengeId challenge = account.about().challenge();
    Instant at = account.at();
    Envelope envelope = envelope(account);
    List<Fact> facts = new ArrayList<>();
    // Which passkey was used is in its own item, by the verdict.
    if (transition.type() == Transition.Type.CHALLENGE_APPROVED
        && change instanceof OfFactor
        && factor != null) {
      facts.add(new FactorVerified(envelope, subject, factor, at));
    }
    if (transition.type() == Transition.Type.CHALLENGE_FAILED && challenge != null) {
      facts.add(new ChallengeFailed(envelope, subject, challenge, at));
    }
    if (LOCKS.contains(transition.type()) && factor != null) {
      facts.add(new FactorLocked(envelope, subject, factor, at));
    }
    if (noticeKind(transition.type()).isPresent()) {
      facts.add(new NoticeDue(envelope, subject, at));
    }
    return facts;
  }

  /// The trace is that of the request, where one brought the change about.
  private static Envelope envelope(AuditRecord account) {
    Call call = account.call();
    String id = account.id().text();
    String trace = call == null || call.request().isEmpty() ? id : call.request();
    return new Envelope(id, account.at().plus(Notice.LIFETIME), trace);
  }
}
