package dev.stile.lambda.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stile.assurance.Policies;
import dev.stile.challenge.Answers;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.challenge.SentCodes;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verification;
import dev.stile.edge.MessageJson;
import dev.stile.edge.QueueEdge;
import dev.stile.factor.Code;
import dev.stile.factor.otp.Codes;
import dev.stile.key.FixedKeys;
import dev.stile.key.KeyedDigest;
import dev.stile.key.Sealing;
import dev.stile.message.Message.Envelope;
import dev.stile.message.Message.OtpDeliver;
import dev.stile.testing.Samples;
import dev.stile.testing.SeededRandom;
import dev.stile.testing.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// The delivery worker in bad weather: commands that come twice, late and out of order, a carrier
/// that is busy, workers that die, while users answer, cancel, ask again and wait too long. The
/// same seed is the same storm.
final class DeliveryStorm {
  private static final int BATCH = 4;

  private final Stores stores;
  private final Random random;
  private final Map<String, StormSubject> subjects = new HashMap<>();
  private final List<StormSubject> everyone = new ArrayList<>();
  private final Set<String> commanded = new HashSet<>();
  private final StormQueue queue = new StormQueue();
  private final SentCodes codes = new SentCodes(new Codes(new KeyedDigest(new FixedKeys())));
  private final Answers answers = new Answers(new KeyedDigest(new FixedKeys()));
  private final StormCarrier carrier;
  private final DeliverCode worker;
  private final QueueEdge edge;
  private Instant now = Samples.NOW;
  private int duplicates;
  private int late;

  DeliveryStorm(Stores stores, Policies policies, long seed) {
    this.stores = stores;
    this.random = new Random(seed);
    this.carrier = new StormCarrier(new Random(seed + 1), this::receive);
    var clock = new Ticking();
    this.edge = new QueueEdge(clock, line -> {});
    this.worker =
        new DeliverCode(
            stores.challenges(),
            policies,
            new Sealing(new FixedKeys(), new SeededRandom(seed)),
            new DeliverCode.Writing(codes, new MessageTexts()),
            carrier,
            clock);
  }

  /// Somebody with a destination of their own.
  void meet(String address, StormSubject subject) {
    subjects.put(address, subject);
    everyone.add(subject);
  }

  /// Blows until so many generations were commanded and the queue is empty.
  Tally blow(int deliveries) {
    while (commanded.size() < deliveries || !queue.isEmpty()) {
      for (int i = 0; i < 12 && commanded.size() < deliveries; i++) {
        act(everyone.get(random.nextInt(everyone.size())));
      }
      List<StormQueue.Queued> batch = queue.take(1 + random.nextInt(BATCH), now);
      while (!batch.isEmpty()) {
        work(batch);
        batch = queue.take(1 + random.nextInt(BATCH), now);
      }
      now = now.plusSeconds(1);
    }
    return tally();
  }

  private void act(StormSubject who) {
    if (!who.isLive(now)) {
      open(who);
      return;
    }
    switch (random.nextInt(8)) {
      case 0 -> answer(who);
      case 1 -> cancel(who);
      case 2, 3 -> open(who);
      case 4, 5, 6 -> resend(who);
      default -> {}
    }
  }

  private void open(StormSubject who) {
    if (!who.canBeAsked(now)) {
      return;
    }
    Challenge challenge = Samples.challenge(who.factor, who.kind, who.owner, Status.PENDING, now);
    Opening opening =
        stores.challenges().open(who.subject, challenge, answer(who, challenge, 1), now);
    assertThat(opening).isInstanceOf(Opening.Opened.class);
    who.asked(challenge, 1, now);
    command(who);
  }

  private void resend(StormSubject who) {
    if (!who.canBeAsked(now) || who.generation() == Dispatch.MAX_GENERATIONS) {
      return;
    }
    int next = who.generation() + 1;
    Challenge seen = stores.challenges().find(who.subject, who.challenge().id()).orElseThrow();
    assertThat(stores.challenges().renew(who.subject, seen, answer(who, seen, next), now))
        .isPresent();
    who.asked(who.challenge(), next, now);
    command(who);
  }

  private String answer(StormSubject who, Challenge challenge, int generation) {
    Code code = codes.of(who.subject, challenge, generation);
    return answers.toChallenge(who.subject, challenge.id(), code);
  }

  private void answer(StormSubject who) {
    var attempt = new Attempt(who.subject, who.challenge().id(), who.owner, Samples.request(), now);
    String digest = answer(who, who.challenge(), who.generation());
    assertThat(stores.verdicts().judge(attempt, digest)).isInstanceOf(Verification.Verified.class);
    who.end();
  }

  private void cancel(StormSubject who) {
    assertThat(stores.challenges().cancel(who.subject, who.challenge().id(), who.owner, null, now))
        .isPresent();
    who.end();
  }

  private void command(StormSubject who) {
    commanded.add(who.sending());
    var envelope = new Envelope(Samples.IDS.text(), who.challenge().lifetime().expires(), "trace");
    String body =
        MessageJson.write(
            new OtpDeliver(envelope, who.subject, who.challenge().id(), who.generation()));
    queue.put(body, now.plus(delay()));
    if (random.nextInt(100) < 30) {
      duplicates++;
      queue.put(body, now.plus(random.nextBoolean() ? Duration.ZERO : delay()));
    }
  }

  /// One in ten comes after those behind it, a few of them after their challenge is over.
  private Duration delay() {
    if (random.nextInt(100) >= 10) {
      return Duration.ZERO;
    }
    late++;
    return Duration.ofSeconds(1 + random.nextInt(random.nextInt(4) == 0 ? 600 : 60));
  }

  private void work(List<StormQueue.Queued> batch) {
    var event = new SQSEvent();
    event.setRecords(batch.stream().map(StormQueue.Queued::event).toList());
    try {
      Set<String> failed =
          edge.work(event, OtpDeliver.class, this::deliver).getBatchItemFailures().stream()
              .map(BatchItemFailure::getItemIdentifier)
              .collect(Collectors.toSet());
      queue.putBack(batch.stream().filter(queued -> failed.contains(queued.id())).toList());
    } catch (StormCarrier.Crash e) {
      queue.putBack(batch);
    }
  }

  private String deliver(OtpDeliver message, int receives) {
    return worker.deliver(message, receives >= DeliveryHandler.MAX_RECEIVES);
  }

  /// What may arrive at this address at this moment is one code alone.
  private String receive(String address, String code) {
    StormSubject who = subjects.get(address);
    if (who == null || !who.isLive(now)) {
      throw new AssertionError("a code was sent though its challenge was over");
    }
    Code due = codes.of(who.subject, who.challenge(), who.generation());
    if (!code.equals(due.reveal())) {
      throw new AssertionError("a code was sent that is not the one of its generation");
    }
    return who.sending();
  }

  private Tally tally() {
    int open = 0;
    for (StormSubject who : everyone) {
      if (who.isLive(now)) {
        Dispatch dispatch =
            stores.challenges().find(who.subject, who.challenge().id()).orElseThrow().dispatch();
        open += dispatch == null || !isTold(dispatch.delivery()) ? 1 : 0;
      }
    }
    return new Tally(commanded.size(), duplicates, late, carrier, queue.dead(), open);
  }

  private static boolean isTold(Delivery delivery) {
    return delivery == Delivery.SENT || delivery == Delivery.FAILED;
  }

  /// How it was. `untold` are live challenges of which nobody knows whether their code was sent.
  record Tally(
      int deliveries, int duplicates, int late, StormCarrier carrier, int dead, int untold) {
    /// Sendings that went out more than once.
    Set<String> repeated() {
      return carrier.sent().entrySet().stream()
          .filter(sent -> sent.getValue() > 1)
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
      int sends = carrier.sent().values().stream().mapToInt(Integer::intValue).sum();
      return ("%,d deliveries, %,d of their commands twice, %,d late, %,d crashes (%,d after the"
              + " send), the carrier %,d times busy: %,d sent, %,d of them again, %,d dead letters")
          .formatted(
              deliveries,
              duplicates,
              late,
              carrier.crashes(),
              carrier.crashed().size(),
              carrier.busy(),
              sends,
              sends - carrier.sent().size(),
              dead);
    }
  }

  private final class Ticking extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("the storm is in UTC");
    }
  }
}
