package dev.stile.local;

import dev.stile.local.Invocation.Call;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// Looks on at the calls of a function's clients. An SDK call runs its interceptors on the thread
/// of its caller, which is how the call finds its invocation.
final class CallWatch implements ExecutionInterceptor {
  private static final ExecutionAttribute<Long> STARTED =
      new ExecutionAttribute<>("StileCallStarted");
  private static final ExecutionAttribute<AtomicInteger> ATTEMPTS =
      new ExecutionAttribute<>("StileCallAttempts");

  private final Traces traces;

  CallWatch(Traces traces) {
    this.traces = traces;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
    attributes.putAttribute(STARTED, System.nanoTime());
    attributes.putAttribute(ATTEMPTS, new AtomicInteger());
    switch (call.request()) {
      case SendMessageRequest message -> traces.follow(message.messageBody());
      case UpdateItemRequest update -> changes(update.key());
      case PutItemRequest put -> changes(put.item());
      case DeleteItemRequest delete -> changes(delete.key());
      case TransactWriteItemsRequest transaction ->
          transaction.transactItems().forEach(this::changes);
      default -> {}
    }
  }

  private void changes(TransactWriteItem item) {
    if (item.update() != null) {
      changes(item.update().key());
    } else if (item.put() != null) {
      changes(item.put().item());
    } else if (item.delete() != null) {
      changes(item.delete().key());
    }
  }

  private void changes(Map<String, AttributeValue> key) {
    AttributeValue partition = key.get("pk");
    AttributeValue sort = key.get("sk");
    if (partition != null && sort != null) {
      traces.follow(Traces.item(partition.s(), sort.s()));
    }
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission call, ExecutionAttributes attributes) {
    attributes.getAttribute(ATTEMPTS).incrementAndGet();
  }

  @Override
  public void afterExecution(Context.AfterExecution call, ExecutionAttributes attributes) {
    add(call.request(), call.response(), null, attributes);
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution call, ExecutionAttributes attributes) {
    add(call.request(), null, call.exception(), attributes);
  }

  private void add(
      SdkRequest request,
      @Nullable SdkResponse response,
      @Nullable Throwable failure,
      ExecutionAttributes attributes) {
    var took = Duration.ofNanos(System.nanoTime() - attributes.getAttribute(STARTED));
    traces.add(
        new Call(
            attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
            attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
            request,
            response,
            failure,
            attributes.getAttribute(ATTEMPTS).get(),
            took));
  }
}
