package dev.stile.local;

import dagger.Module;
import dagger.Provides;
import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.audit.Log;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.courier.Sender;
import dev.stile.aws.runtime.Settings;
import dev.stile.aws.sns.TopicArn;
import dev.stile.aws.sqs.FactQueueUrls;
import dev.stile.aws.sqs.QueueUrls;
import dev.stile.key.KeyRing;
import dev.stile.token.KeyRotation;
import dev.stile.token.PublishedKeys;
import dev.stile.token.RegisteredKeys;
import dev.stile.token.RegisteredPublications;
import dev.stile.token.SigningKeys;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/// What the local mode puts in place of an account: its own keys, clock, policy and log, and where
/// the engines listen.
@Module
final class LocalModule {
  private final Settings settings;
  private final AwsEnvironment environment;
  private final Channels channels;
  private final LocalKeys keys;
  private final Ambience ambience;

  LocalModule(
      Settings settings,
      AwsEnvironment environment,
      Channels channels,
      LocalKeys keys,
      Ambience ambience) {
    this.settings = settings;
    this.environment = environment;
    this.channels = channels;
    this.keys = keys;
    this.ambience = ambience;
  }

  /// Where messages go: commands, facts, events.
  record Channels(QueueUrls commands, FactQueueUrls facts, TopicArn events) {
    /// Those of a function that sends nothing.
    static final Channels NONE =
        new Channels(new QueueUrls("", ""), new FactQueueUrls("", "", ""), new TopicArn(""));
  }

  /// What surrounds every function.
  record Ambience(Policies policies, Clock clock, Log log) {
    /// With a policy that stays.
    Ambience(Policy policy, Clock clock, Log log) {
      this(() -> policy, clock, log);
    }
  }

  Ambience ambience() {
    return ambience;
  }

  @Provides
  Settings settings() {
    return settings;
  }

  @Provides
  AwsEnvironment environment() {
    return environment;
  }

  @Provides
  QueueUrls queues() {
    return channels.commands();
  }

  @Provides
  FactQueueUrls factQueues() {
    return channels.facts();
  }

  @Provides
  TopicArn events() {
    return channels.events();
  }

  @Provides
  Sender sender() {
    return new Sender("stile@localhost", "Stile");
  }

  @Provides
  KeyRing keyRing() {
    return new KeyRing(keys);
  }

  @Provides
  KeyRotation keyRotation() {
    return new KeyRotation(keys.registers(), keys.registers(), ambience.clock());
  }

  /// The register is at hand: nothing is kept of it.
  @Provides
  @Singleton
  SigningKeys signingKeys(KeyRotation rotation) {
    return new RegisteredKeys(rotation, keys.registers(), ambience.clock(), Duration.ZERO);
  }

  @Provides
  PublishedKeys publishedKeys() {
    return new RegisteredPublications(keys.registers(), ambience.clock());
  }

  @Provides
  Policies policies() {
    return ambience.policies();
  }

  @Provides
  Clock clock() {
    return ambience.clock();
  }

  @Provides
  Log log() {
    return ambience.log();
  }
}
