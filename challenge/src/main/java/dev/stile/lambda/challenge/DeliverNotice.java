package dev.stile.lambda.challenge;

import dev.stile.assurance.Policies;
import dev.stile.audit.EventId;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.FactorKind;
import dev.stile.key.KeyUse;
import dev.stile.key.Sealing;
import dev.stile.key.Secret;
import dev.stile.lambda.challenge.DeliverCode.DeliveryUnavailable;
import dev.stile.message.Courier;
import dev.stile.message.Courier.Outcome;
import dev.stile.message.Fact.NoticeDue;
import dev.stile.notice.Addressee;
import dev.stile.notice.Notice;
import dev.stile.notice.Notices;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells a subject of a change, at every verified destination: claims each, writes to it, records
/// what the carrier said. Whoever comes again for the same change finds it claimed; only a crash
/// right behind a sending repeats it.
final class DeliverNotice {
  private final Notices notices;
  private final Policies policies;
  private final Sealing sealing;
  private final NoticeTexts texts;
  private final Courier courier;
  private final Clock clock;

  @Inject
  DeliverNotice(
      Notices notices,
      Policies policies,
      Sealing sealing,
      NoticeTexts texts,
      Courier courier,
      Clock clock) {
    this.notices = notices;
    this.policies = policies;
    this.sealing = sealing;
    this.texts = texts;
    this.courier = courier;
    this.clock = clock;
  }

  String deliver(NoticeDue message) {
    if (!clock.instant().isBefore(message.envelope().expires())) {
      return "expired";
    }
    Optional<Notice> notice = notices.find(message.subject(), new EventId(message.envelope().id()));
    return notice.map(this::deliver).orElse("unknown");
  }

  private String deliver(Notice notice) {
    int sent = 0;
    List<String> unavailable = new ArrayList<>();
    for (Addressee to : addressees(notice)) {
      if (!notices.claim(notice, to.factor(), clock.instant())) {
        continue;
      }
      if (send(notice, to) instanceof Outcome.Unavailable(String reason)) {
        notices.release(notice, to.factor());
        unavailable.add(reason);
      } else {
        notices.settle(notice, to.factor());
        sent++;
      }
    }
    if (!unavailable.isEmpty()) {
      throw new DeliveryUnavailable(unavailable.getFirst());
    }
    return sent == 0 ? "nobody" : "sent";
  }

  private List<Addressee> addressees(Notice notice) {
    List<Addressee> addressees = new ArrayList<>(notices.addressees(notice.subject()));
    if (notice.removed() != null) {
      addressees.add(notice.removed());
    }
    return addressees;
  }

  private Outcome send(Notice notice, Addressee to) {
    Destination destination = to.destination();
    Secret opened =
        sealing.open(
            notice.subject(), to.factor().text(), KeyUse.DESTINATION, destination.address());
    String address = new String(opened.reveal(), StandardCharsets.UTF_8);
    var policy = policies.current();
    return destination.kind() == FactorKind.EMAIL
        ? courier.email(address, texts.email(policy, notice, to.locale()))
        : courier.sms(address, texts.sms(policy, notice, to.locale()));
  }
}
